#!/usr/bin/env python3
"""Fits the polynomials in Sources/CVectorMath/include and prints them as literals.

Needs mpmath (written with 1.3.0). Runs in a few seconds and always prints the same text:

    python3 Scripts/fit-kernel-coefficients.py

Method: weighted minimax (Remez exchange on a dense grid, 60 digits), then each coefficient is
rounded to double. The printed error is that of the unrounded fit, relative to the final result.
"""

from mpmath import (
    mp, mpf, atan, cos, expm1, exp, floor, log, lu_solve, matrix, pi, polyval, sin, sqrt
)

mp.dps = 60


def remez(f, weight, a, b, degree, grid=1500, rounds=12):
    """Coefficients, low order first, of the polynomial with the least max |weight * (f - p)|."""
    n = degree + 2
    xs = [(a + b) / 2 - (b - a) / 2 * cos(pi * i / grid) for i in range(grid + 1)]
    fs, ws = [f(x) for x in xs], [weight(x) for x in xs]
    # Start at Chebyshev extrema, moved off the points where the weight is zero.
    picks = [min(grid, max(0, round(grid * (i + mpf(1) / 4) / (n - mpf(1) / 2)))) for i in range(n)]
    for _ in range(rounds):
        system = matrix(n, n)
        for row, i in enumerate(picks):
            for j in range(degree + 1):
                system[row, j] = xs[i] ** j
            system[row, degree + 1] = (-1) ** row / ws[i]
        solution = lu_solve(system, matrix([fs[i] for i in picks]))
        coefficients = [solution[j] for j in range(degree + 1)]
        errors = [w * (y - polyval(coefficients[::-1], x)) for x, y, w in zip(xs, fs, ws)]
        # One extremum for each run of errors of one sign; then drop the smallest ends.
        picks = [0]
        for i in range(1, grid + 1):
            if errors[i] * errors[picks[-1]] > 0:
                if abs(errors[i]) > abs(errors[picks[-1]]):
                    picks[-1] = i
            elif errors[i] != 0:
                picks.append(i)
        while len(picks) > n:
            picks.pop(0 if abs(errors[picks[0]]) < abs(errors[picks[-1]]) else -1)
        assert len(picks) == n, "the error curve lost an oscillation"
    return coefficients, max(abs(e) for e in errors)


def report(title, names, values, error=None):
    print(f"// {title}" + ("" if error is None else f" (fit error {float(error):.2e})"))
    for name, value in zip(names, values):
        print(f"let {name} = {float(value).hex()}".replace("0x0.0p+0", "0.0"))
    print()


ln2 = log(mpf(2))
high = mpf(int(ln2 * 2**32)) / 2**32  # 32 significant bits: k * high is exact for |k| < 2^21
report("ln 2 in two parts, and 1 / ln 2", ["ln2High", "ln2Low", "log2e"], [high, ln2 - high, 1 / ln2])

# exp: e^r = 1 + r + r^2 q(r), |r| <= ln2/2 and a little more for the rounding of k.
half = ln2 / 2 * (1 + mpf(2) ** -30)


def tail(r):
    if abs(r) < mpf(10) ** -12:
        return mpf(1) / 2 + r / 6 + r**2 / 24
    return (expm1(r) - r) / r**2


q, error = remez(tail, lambda r: (r**2 + mpf(10) ** -4) / exp(r), -half, half, 9)
report("(e^r - 1 - r) / r^2", [f"c{i}" for i in range(10)], q, error)

# log: log(1 + f) = 2 atanh(s) = 2 s + s z p(z), s = f / (2 + f), z = s^2, f in [sqrt(1/2), sqrt 2] - 1.
top = (sqrt(mpf(2)) - 1) ** 4 * (1 + mpf(2) ** -30)


def series(z):
    if z < mpf(10) ** -12:
        return mpf(2) / 3 + 2 * z / 5 + 2 * z**2 / 7
    s = sqrt(z)
    return (log((1 + s) / (1 - s)) - 2 * s) / (s * z)


p, error = remez(series, lambda z: (z + mpf(10) ** -4) / 2, mpf(0), top, 6)
report("(log((1 + s) / (1 - s)) - 2 s) / s^3 in z = s^2", [f"c{i}" for i in range(7)], p, error)

# pow: the same logarithm, with what double arithmetic is too coarse for taken out of the polynomial:
# log(1 + f) = 2/3 s (3 + z + z^2 r(z)).


def rest(z):
    if z < mpf(10) ** -12:
        return mpf(3) / 5 + 3 * z / 7 + z**2 / 3
    s = sqrt(z)
    return (3 * log((1 + s) / (1 - s)) / (2 * s) - 3 - z) / z**2


r, error = remez(rest, lambda z: (z + mpf(10) ** -4) ** 2 / 3, mpf(0), top, 6)
report("((3/2 log((1 + s) / (1 - s)) / s - 3 - z) / z^2 in z = s^2", [f"c{i}" for i in range(7)], r, error)


def parts(value, bits):
    """A number as a leading part of so many bits and the rest."""
    exponent = floor(log(abs(value), 2)) + 1
    leading = mpf(int(value * mpf(2) ** (bits - exponent))) * mpf(2) ** (exponent - bits)
    return [leading, value - leading]


for title, value, bits in [
    ("2 / 3", mpf(2) / 3, 26),
    ("1 / ln 2", 1 / ln2, 26),
    ("1 / ln 10", 1 / log(mpf(10)), 26),
    ("log10(2)", ln2 / log(mpf(10)), 32),
]:
    report(f"{title} in two parts, and rounded", ["high", "low", "whole"], parts(value, bits) + [value])

# atan: t + t^3 p(t^2), |t| <= sqrt 2 - 1.
top = (sqrt(mpf(2)) - 1) ** 2 * (1 + mpf(2) ** -30)


def arc(z):
    if z < mpf(10) ** -12:
        return -mpf(1) / 3 + z / 5 - z**2 / 7
    t = sqrt(z)
    return (atan(t) - t) / (t * z)


p, error = remez(arc, lambda z: z + mpf(10) ** -4, mpf(0), top, 11)
report("(atan(t) - t) / t^3 in z = t^2", [f"c{i}" for i in range(12)], p, error)

# sin and cos on |r| <= pi / 4: r + r^3 p(r^2) and 1 - r^2 / 2 + r^4 q(r^2).
top = (pi / 4) ** 2 * (1 + mpf(2) ** -20)


def sine(z):
    if z < mpf(10) ** -12:
        return -mpf(1) / 6 + z / 120 - z**2 / 5040
    r = sqrt(z)
    return (sin(r) - r) / (r * z)


def cosine(z):
    if z < mpf(10) ** -8:
        return mpf(1) / 24 - z / 720 + z**2 / 40320 - z**3 / 3628800
    return (cos(sqrt(z)) - 1 + z / 2) / z**2


p, error = remez(sine, lambda z: z + mpf(10) ** -4, mpf(0), top, 5)
report("(sin(r) - r) / r^3 in z = r^2", [f"c{i}" for i in range(6)], p, error)
p, error = remez(cosine, lambda z: (z + mpf(10) ** -4) ** 2, mpf(0), top, 5)
report("(cos(r) - 1 + r^2 / 2) / r^4 in z = r^2", [f"c{i}" for i in range(6)], p, error)

first, left = parts(pi / 2, 33)
second, left = parts(left, 33)
third, fourth = parts(left, 33)
report("pi / 2 in parts", ["first", "second", "third", "fourth"], [first, second, third, fourth])
report("2 / pi", ["inverse"], [2 / pi])
for title, value in [("pi / 2", pi / 2), ("pi / 4", pi / 4)]:
    report(f"{title} and its rest", ["high", "low"], [mpf(float(value)), value - mpf(float(value))])
