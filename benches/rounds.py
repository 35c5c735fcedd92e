"""Runs commands in turn, so many rounds, and prints the median of each and the ratio of the first of a group to it.

usage: rounds.py ROUNDS FILE    (a line: group, name, program, arguments, with tabs between)

A machine is busier in one round than in the next, so it is the ratios of one round whose median counts; beside it stand
the lowest and the highest. Short runs are repeated within a round.
"""

import os
import sys
import time
from statistics import median

LEAST_SECONDS = 0.1


def run(command):
    """The seconds of one run."""
    nothing = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=nothing)
    _, status = os.waitpid(process, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        sys.exit(f"{' '.join(command)}: it ended with {os.waitstatus_to_exitcode(status)}")
    return seconds


def main():
    rounds = int(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        runs = [line.rstrip("\n").split("\t") for line in file]
    # The first run of all also says how often a short one has to be repeated; it is not counted.
    times = [max(1, int(LEAST_SECONDS / run(command))) for _, _, *command in runs]
    seconds = [[] for _ in runs]
    for _ in range(rounds):
        for at, (_, _, *command) in enumerate(runs):
            seconds[at].append(median(run(command) for _ in range(times[at])))
    group = first = None
    for at, (of, name, *_) in enumerate(runs):
        if of != group:
            group, first = of, at
            print(f"\n{of:<36} {'ms':>9}   ratio of the first to it, lowest to highest of {rounds}")
        ratios = [mine / other for mine, other in zip(seconds[first], seconds[at])]
        ratio = f"{median(ratios):.3f}   ({min(ratios):.3f} to {max(ratios):.3f})" if at != first else ""
        print(f"  {name:<34} {median(seconds[at]) * 1000:>9.1f}   {ratio}".rstrip())


main()
