"""H5P: the server side of the content types of h5p.org, on :mod:`courses.runtimes.h5p.core`."""
