package org.headgate.driver.modbus;

import java.util.Arrays;

/** Looks for the answer to one request in what has come. */
final class RtuSearch {
    private final byte[] request;
    private boolean mayEcho = true;
    private boolean hasEcho;
    private int skipped;

    /**
     * A search.
     *
     * @param request what was sent
     * @param hasEcho whether the line is known to give back what was sent: the answer to some writes looks the same
     */
    RtuSearch(byte[] request, boolean hasEcho) {
        this.request = request;
        this.hasEcho = hasEcho;
    }

    /** Whether what was sent came back. */
    boolean hasEcho() {
        return hasEcho;
    }

    /** How many frames were sound, and of others or for others. */
    int skipped() {
        return skipped;
    }

    /**
     * Takes the answer.
     *
     * @param over whether nothing more will come: then a frame that does not say its length ends here
     * @return its message; null when it is not there
     */
    byte[] find(Reception came, boolean over) {
        dropEcho(came);
        while (came.count() >= RtuFrame.SHORTEST) {
            int length = length(came, 0, over);
            boolean whole = length > 0 && length <= came.count();
            if (isOurs(came.bytes, 0) && !whole && !over) {
                // The rest is on its way. What is in its middle may look like anything: that is not looked at.
                return null;
            }
            if (!whole || !RtuFrame.isSound(came.bytes, 0, length)) {
                break;
            }
            if (isAnswer(came.bytes, 0, length)) {
                return message(came, 0, length);
            }
            skipped++;
            came.drop(length);
        }
        return behindNoise(came, over);
    }

    private void dropEcho(Reception came) {
        if (!mayEcho || came.count() < request.length) {
            return;
        }
        mayEcho = false;
        boolean same = Arrays.equals(request, 0, request.length, came.bytes, 0, request.length);
        if (same && (hasEcho || !isAnsweredByEcho())) {
            hasEcho = true;
            came.drop(request.length);
        }
    }

    private byte[] behindNoise(Reception came, boolean over) {
        for (int from = 1; came.count() - from >= RtuFrame.SHORTEST; from++) {
            int length = isOurs(came.bytes, from) ? length(came, from, over) : 0;
            if (length > 0
                    && from + length <= came.count()
                    && RtuFrame.isSound(came.bytes, from, from + length)
                    && isAnswer(came.bytes, from, length)) {
                return message(came, from, length);
            }
        }
        return null;
    }

    /** How long the frame at a place is, by what it says; 0 where it cannot be told. */
    private static int length(Reception came, int from, boolean over) {
        int length = RtuFrame.answerLength(came.bytes, from, came.count());
        return length == RtuFrame.UNKNOWN ? over ? came.count() - from : 0 : length;
    }

    private static byte[] message(Reception came, int from, int length) {
        return Arrays.copyOfRange(came.bytes, from + 1, from + length - 2);
    }

    /** Functions 5, 6, 8 and 22 are answered by the request itself. */
    private boolean isAnsweredByEcho() {
        return switch (request[1]) {
            case 5, 6, 8, 22 -> true;
            default -> false;
        };
    }

    private boolean isOurs(byte[] bytes, int from) {
        return bytes[from] == request[0] && (bytes[from + 1] & 0x7F) == request[1];
    }

    /** Whether a sound frame answers the request, and not an earlier one. */
    private boolean isAnswer(byte[] bytes, int from, int length) {
        if (!isOurs(bytes, from) || bytes[from + 1] < 0) {
            return isOurs(bytes, from);
        }
        return switch (request[1]) {
            case 1, 2 -> length == RtuFrame.SHORTEST + (word(4) + 7) / 8;
            case 3, 4, 23 -> length == RtuFrame.SHORTEST + 2 * word(4);
            case 5, 6, 15, 16, 22 -> bytes[from + 2] == request[2] && bytes[from + 3] == request[3];
            default -> true;
        };
    }

    private int word(int at) {
        return (request[at] & 0xFF) << 8 | request[at + 1] & 0xFF;
    }
}
