"""Delivery: the content origin, a host of its own where packages play and nothing else exists."""
