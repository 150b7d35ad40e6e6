package org.headgate.driver.http;

import java.util.Map;

/**
 * What a server has answered.
 *
 * @param fields header fields by their names in lower case
 * @param body empty where there is none
 * @param reusable whether the connection may carry another request
 */
record Answer(int status, String reason, Map<String, String> fields, byte[] body, boolean reusable) {
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    boolean isSuccess() {
        return status / HUNDRED == SUCCESS;
    }

    /** For messages: {@code HTTP 404 Not Found}. */
    String line() {
        return ("HTTP " + status + " " + reason).strip();
    }
}
