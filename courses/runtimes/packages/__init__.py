"""Packages: files that editors bring, taken in with care and kept once.

A **Package** is what an editor chooses for a lesson; each uploaded file is a **PackageVersion** of
it, immutable once it is ready. Its files lie in storage under the hash of their content, and a
**Tree** says which of them stand at which path: equal files are kept once, whoever brought them.
"""
