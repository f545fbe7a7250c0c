"""A comparable service with FastAPI, Pillow and NumPy.

Usage: fastapi_service.py NETWORK PORT, where NETWORK is a model.safetensors, or the layer sizes of
a network with random weights, as 784-128-64-10. The service classifies decoded 28x28 pictures without
preprocessing, so it does less than the service, which also crops, scales and centres them.
"""

import hashlib
import io
import json
import re
import struct
import sys

import numpy as np
import uvicorn
from fastapi import FastAPI, File, UploadFile
from PIL import Image


def load_layers(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()

    def tensor(name):
        start, end = header[name]["data_offsets"]
        return np.frombuffer(data[start:end], dtype="<f4").reshape(header[name]["shape"])

    sizes = json.loads(header["__metadata__"]["layerSizes"])
    return [(tensor(f"layers.{i}.weight"), tensor(f"layers.{i}.bias")) for i in range(len(sizes) - 1)]


def random_layers(sizes):
    random = np.random.default_rng(1)
    return [
        (random.normal(0, (2 / inputs) ** 0.5, (inputs, outputs)).astype("<f4"), np.zeros(outputs, "<f4"))
        for inputs, outputs in zip(sizes, sizes[1:])
    ]


network = sys.argv[1]
is_sizes = re.fullmatch(r"\d+(-\d+)+", network)
layers = random_layers([int(size) for size in network.split("-")]) if is_sizes else load_layers(network)
app = FastAPI()


def probabilities_of(rows):
    for weight, bias in layers[:-1]:
        rows = np.maximum(rows @ weight + bias, 0)
    weight, bias = layers[-1]
    logits = rows @ weight + bias
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def answer(content):
    image = Image.open(io.BytesIO(content)).convert("L").resize((28, 28))
    pixels = np.asarray(image, dtype=np.float32).reshape(1, 784) / 255
    probabilities = probabilities_of(pixels)[0]
    digit = int(probabilities.argmax())
    return {
        "digit": digit,
        "confidence": float(probabilities[digit]),
        "probabilities": probabilities.tolist(),
        "input": {"sha256": hashlib.sha256(content).hexdigest()},
    }


@app.post("/predict")
async def predict(file: UploadFile = File(...)):
    return answer(await file.read())


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="info")
