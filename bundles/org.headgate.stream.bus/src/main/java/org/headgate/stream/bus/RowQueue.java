package org.headgate.stream.bus;

import org.headgate.data.api.Row;

/** A bounded ring of rows and the edges they came by. Not thread-safe. Grows to its capacity only when it must. */
final class RowQueue {
    private final int capacity;
    private Row[] rows = new Row[16];
    private Edge[] edges = new Edge[16];
    private int first;
    private int size;

    RowQueue(int capacity) {
        this.capacity = Math.max(1, capacity);
    }

    boolean isFull() {
        return size == capacity;
    }

    int size() {
        return size;
    }

    void add(Edge edge, Row row) {
        if (size == rows.length) {
            grow();
        }
        int at = (first + size) % rows.length;
        rows[at] = row;
        edges[at] = edge;
        size++;
    }

    Edge firstEdge() {
        return edges[first];
    }

    Row firstRow() {
        return rows[first];
    }

    void removeFirst() {
        rows[first] = null;
        edges[first] = null;
        first = (first + 1) % rows.length;
        size--;
    }

    long count(Edge edge) {
        long count = 0;
        for (int i = 0; i < size; i++) {
            if (edges[(first + i) % rows.length] == edge) {
                count++;
            }
        }
        return count;
    }

    private void grow() {
        int length = Math.min(capacity, rows.length * 2);
        Row[] moreRows = new Row[length];
        Edge[] moreEdges = new Edge[length];
        for (int i = 0; i < size; i++) {
            moreRows[i] = rows[(first + i) % rows.length];
            moreEdges[i] = edges[(first + i) % rows.length];
        }
        rows = moreRows;
        edges = moreEdges;
        first = 0;
    }
}
