package org.headgate.device.api;

/**
 * The answer to a write.
 *
 * @param done whether the device took the value
 * @param message one line for the user: what was written, or why not
 */
public record WriteResult(boolean done, String message) {}
