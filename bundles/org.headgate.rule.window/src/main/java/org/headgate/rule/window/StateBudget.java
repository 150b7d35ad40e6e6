package org.headgate.rule.window;

/** How many bytes the state of a rule takes, estimated, and how many it may. Used under the rule's lock. */
public final class StateBudget {
    private final long most;
    private long used;
    private boolean refused;

    /** Nothing is taken. */
    public StateBudget(long most) {
        this.most = most;
    }

    /** For what is not a rule's state: everything may be taken. */
    static StateBudget unlimited() {
        return new StateBudget(Long.MAX_VALUE);
    }

    /** Takes some; false, taking nothing, when there is not so much left. */
    public boolean take(long bytes) {
        if (bytes > most - used) {
            refused = true;
            return false;
        }
        used += bytes;
        return true;
    }

    /** Takes some that is there already, be there so much or not: of a state that was restored, of an aggregate that has grown. */
    public void add(long bytes) {
        used += bytes;
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
        used -= bytes;
    }

    /** Whether all is taken. */
    boolean isFull() {
        if (used >= most) {
            refused = true;
        }
        return used >= most;
    }

    /** What is taken now. */
    public long used() {
        return used;
    }

    /** How much may be taken. */
    public long most() {
        return most;
    }

    /** Whether something was refused since this was asked last. */
    public boolean refused() {
        boolean was = refused;
        refused = false;
        return was;
    }
}
