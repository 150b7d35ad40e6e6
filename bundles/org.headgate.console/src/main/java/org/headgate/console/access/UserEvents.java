package org.headgate.console.access;

/** Hears that somebody may log in from now on, or no more. */
@FunctionalInterface
public interface UserEvents {
    /**
     * Who may log in is different now.
     *
     * @param user the user concerned
     * @param state {@code added} or {@code removed}
     * @param detail the role, and who has done it
     */
    void changed(String user, String state, String detail);
}
