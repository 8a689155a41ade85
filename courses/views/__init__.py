"""What a browser asks for: each view starts from the signed-in person."""
