package org.headgate.messages;

/** A message as a whole is not what it should be. The text is one line for a person. */
public final class MessageException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says what is wrong, without a trace: strangers may cause many of these. */
    public MessageException(String what) {
        super(what, null, false, false);
    }
}
