package org.headgate.rule.engine;

import java.util.Arrays;

/** Numbers of rules, gathered without allocation. */
final class Candidates {
    private int[] numbers = new int[16];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    void addAll(int[] all) {
        for (int number : all) {
            add(number);
        }
    }

    int size() {
        return size;
    }

    int get(int index) {
        return numbers[index];
    }
}
