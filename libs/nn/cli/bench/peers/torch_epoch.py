"""torch_epoch.py FOLDER THREADS [adamw]: one epoch of 784-512-256-10 in PyTorch by the recipe of
epoch.ts, or of 784-1024-512-10 with AdamW.

Prints one line of JSON.
"""

import json
import sys
import time

import torch
from idx import training_data

SIZES = [784, 512, 256, 10]
LARGER_SIZES = [784, 1024, 512, 10]
BATCH_SIZE = 128


def create_network(sizes):
    layers = []
    for k, n in zip(sizes, sizes[1:]):
        dense = torch.nn.Linear(k, n)
        torch.nn.init.kaiming_normal_(dense.weight, nonlinearity="relu")
        torch.nn.init.zeros_(dense.bias)
        layers += [dense, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def main():
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(1)
    images, labels = (torch.from_numpy(array) for array in training_data(sys.argv[1]))
    with_adamw = sys.argv[3:] == ["adamw"]
    network = create_network(LARGER_SIZES if with_adamw else SIZES)
    criterion = torch.nn.CrossEntropyLoss()
    if with_adamw:
        optimizer = torch.optim.AdamW(network.parameters(), lr=0.001, weight_decay=0.01)
    else:
        optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    started = time.perf_counter()
    loss_sum = 0.0
    for chosen in torch.randperm(len(labels)).split(BATCH_SIZE):
        optimizer.zero_grad()
        loss = criterion(network(images[chosen]), labels[chosen])
        loss.backward()
        optimizer.step()
        loss_sum += loss.item() * len(chosen)
    seconds = time.perf_counter() - started
    engine = f"PyTorch {torch.__version__}"
    print(json.dumps({"seconds": seconds, "loss": loss_sum / len(labels), "engine": engine}))


main()
