package org.headgate.driver.http;

/**
 * What became of a message.
 *
 * @param status the status of HTTP
 * @param line one line for whoever sent it; empty when there is nothing to say
 */
record Verdict(int status, String line) {
    static final Verdict TAKEN = new Verdict(204, "");
    static final Verdict TOO_MANY = new Verdict(429, "too many messages: send more slowly");
    static final Verdict TOO_LATE = new Verdict(408, "the message did not come to its end in time");
    static final Verdict CUT = new Verdict(400, "the connection has ended inside of a message");
    static final Verdict COMPRESSED = new Verdict(415, "Content-Encoding is not understood");
    static final Verdict CLOSED = new Verdict(503, "the device is not listening now");

    static Verdict refused(String line) {
        return new Verdict(400, line);
    }

    static Verdict tooLong(int most) {
        return new Verdict(413, "longer than " + most + " bytes");
    }

    boolean isTaken() {
        return status == TAKEN.status;
    }
}
