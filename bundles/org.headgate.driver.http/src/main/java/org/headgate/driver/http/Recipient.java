package org.headgate.driver.http;

/** Takes the messages of one device. Called by the server's threads. */
interface Recipient {
    /** How long a message may be. */
    int longest();

    /**
     * Whether one more message may come now: by the device's rate, and by how many are on their way. If so {@link #ended} must follow, else
     * it counts as refused.
     */
    boolean begins();

    /** A message that has begun was taken, or was given up. */
    void ended();

    /** A whole message; one that is not taken counts as refused. Does not block for long. */
    Verdict take(byte[] message, int length);

    /** A message of the device's that is none, or does not come to its end: for its user to see. */
    void refused(String why);

    /** The device has connected by a web socket; the returned one is to be closed: one too many, or null. */
    DeviceSocket connected(DeviceSocket socket);

    /** It is gone. */
    void gone(DeviceSocket socket);
}
