"""numpy_epoch.py FOLDER [ACCURACY]: one epoch of 784-512-256-10 in NumPy, float32, by the recipe of
epoch.ts; or epochs until the accuracy on the test images is reached.

Threads are the BLAS library's, by OPENBLAS_NUM_THREADS; SEED is the first weights' and the order's.
Prints one line of JSON.
"""

import json
import os
import sys
import time

import numpy
from idx import test_data, training_data

SIZES = [784, 512, 256, 10]
BATCH_SIZE = 128
LEARNING_RATE = numpy.float32(0.05)
MOMENTUM = numpy.float32(0.9)


def train_step(parameters, velocities, x, labels):
    """One step in place on [(weight, bias)]; returns the sum of the batch's losses."""
    inputs = [x]
    for i, (weight, bias) in enumerate(parameters):
        output = inputs[-1] @ weight
        output += bias
        if i < len(parameters) - 1:
            numpy.maximum(output, 0, out=output)
        inputs.append(output)
    logits = inputs.pop()
    logits -= logits.max(axis=1, keepdims=True)
    gradient = numpy.exp(logits)
    sums = gradient.sum(axis=1, keepdims=True)
    rows = numpy.arange(len(labels))
    loss = float((numpy.log(sums[:, 0]) - logits[rows, labels]).sum())
    gradient /= sums
    gradient[rows, labels] -= 1
    gradient /= numpy.float32(len(labels))
    for i in reversed(range(len(parameters))):
        weight, bias = parameters[i]
        weight_gradient = inputs[i].T @ gradient
        bias_gradient = gradient.sum(axis=0)
        if i > 0:
            gradient = gradient @ weight.T
            gradient *= inputs[i] > 0
        for parameter, velocity, g in zip(
            (weight, bias), velocities[i], (weight_gradient, bias_gradient)
        ):
            velocity *= MOMENTUM
            velocity += g
            g[...] = velocity
            g *= LEARNING_RATE
            parameter -= g
    return loss


def accuracy(parameters, images, labels):
    values = images
    for i, (weight, bias) in enumerate(parameters):
        values = values @ weight + bias
        if i < len(parameters) - 1:
            values = numpy.maximum(values, 0)
    return float((values.argmax(axis=1) == labels).mean())


def train_epoch(parameters, velocities, images, labels, random):
    """Returns the mean loss over the epoch, each batch's at its own step."""
    loss = 0.0
    order = random.permutation(len(labels))
    for start in range(0, len(order), BATCH_SIZE):
        chosen = order[start : start + BATCH_SIZE]
        loss += train_step(parameters, velocities, images[chosen], labels[chosen])
    return loss / len(labels)


def main():
    folder = sys.argv[1]
    wanted = float(sys.argv[2]) if len(sys.argv) > 2 else None
    images, labels = training_data(folder)
    random = numpy.random.default_rng(int(os.environ.get("SEED", "1")))
    parameters = [
        (
            random.standard_normal((k, n), numpy.float32) * numpy.float32((2 / k) ** 0.5),
            numpy.zeros(n, numpy.float32),
        )
        for k, n in zip(SIZES, SIZES[1:])
    ]
    velocities = [tuple(numpy.zeros_like(p) for p in layer) for layer in parameters]
    test = test_data(folder) if wanted is not None else None
    started = time.perf_counter()
    loss = train_epoch(parameters, velocities, images, labels, random)
    while wanted is not None and accuracy(parameters, *test) < wanted:
        loss = train_epoch(parameters, velocities, images, labels, random)
    seconds = time.perf_counter() - started
    engine = f"NumPy {numpy.__version__}"
    print(json.dumps({"seconds": seconds, "loss": loss, "engine": engine}))


main()
