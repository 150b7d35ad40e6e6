package org.headgate.features;

/** Why a driver cannot be changed as asked: one line for the user. Everything is as it was. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String why) {
        super(why);
    }
}
