package org.headgate.features;

/** Why a driver cannot be changed as asked: one line for the user. Everything is as it was. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Remedy remedy;

    /** What it takes until the same request may succeed. */
    enum Remedy {
        /** Another file: this one will never do. */
        ANOTHER_FILE,
        /** Another driver, or another version of one: to try it again stops what runs. */
        ANOTHER_CHANGE,
        /** Time: a full disk, something that hangs, a package that comes later. */
        TIME
    }

    /** What may pass. */
    RefusedException(String why) {
        this(why, Remedy.TIME);
    }

    RefusedException(String why, Remedy remedy) {
        super(why);
        this.remedy = remedy;
    }

    /** What is wrong with the file itself, or with what is asked for. */
    static RefusedException forGood(String why) {
        return new RefusedException(why, Remedy.ANOTHER_FILE);
    }

    Remedy remedy() {
        return remedy;
    }
}
