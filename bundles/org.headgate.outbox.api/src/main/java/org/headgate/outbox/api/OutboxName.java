package org.headgate.outbox.api;

/**
 * Names a log: one uplink's rows of one priority.
 *
 * @param uplink the uplink's name
 * @param priority the priority of its rows in that uplink
 */
public record OutboxName(String uplink, Priority priority) implements Comparable<OutboxName> {
    /** The log of what has no special priority. */
    public static OutboxName of(String uplink) {
        return new OutboxName(uplink, Priority.NORMAL);
    }

    /** {@code cloud}, or {@code cloud/high}: as the console and the flow table name it. */
    @Override
    public String toString() {
        return priority == Priority.NORMAL ? uplink : uplink + "/" + priority.label();
    }

    @Override
    public int compareTo(OutboxName other) {
        int byUplink = uplink.compareTo(other.uplink);
        return byUplink != 0 ? byUplink : priority.compareTo(other.priority);
    }
}
