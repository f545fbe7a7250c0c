"""MNIST's images from their IDX files, for the Python peers."""

import os

import numpy


def training_data(folder):
    """Returns images [60000, 784] float32 in 0…1 and labels [60000] int64."""
    return read(folder, "train")


def test_data(folder):
    """Returns images [10000, 784] float32 in 0…1 and labels [10000] int64."""
    return read(folder, "t10k")


def read(folder, part):
    images = numpy.fromfile(os.path.join(folder, f"{part}-images-idx3-ubyte"), numpy.uint8)
    labels = numpy.fromfile(os.path.join(folder, f"{part}-labels-idx1-ubyte"), numpy.uint8)
    # The headers are 16 and 8 bytes; the files' digests are checked before this runs.
    images = images[16:].reshape(-1, 784).astype(numpy.float32) / numpy.float32(255)
    return images, labels[8:].astype(numpy.int64)
