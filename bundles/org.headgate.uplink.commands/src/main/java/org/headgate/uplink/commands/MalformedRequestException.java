package org.headgate.uplink.commands;

/** A request that is none, or whose content makes no sense. */
final class MalformedRequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final String id;

    /**
     * A reason on one line.
     *
     * @param id the request's id, so that it can be answered; empty where none can be read
     */
    MalformedRequestException(String id, String message) {
        super(message);
        this.id = id;
    }

    String id() {
        return id;
    }
}
