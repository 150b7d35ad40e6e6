package org.headgate.driver.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is asked.
 *
 * @param fields the user's own header fields and those of the kind of request
 */
record Request(String method, Endpoint endpoint, Map<String, String> fields, byte[] body) {
    private static final byte[] NOTHING = {};

    static Request get(Endpoint endpoint, Map<String, String> fields) {
        return new Request("GET", endpoint, fields, NOTHING);
    }

    /** The same request of another place. */
    Request at(Endpoint other, Map<String, String> otherFields) {
        return new Request(method, other, otherFields, body);
    }

    /** The same request with one more field. */
    Request with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Request(method, endpoint, more, body);
    }

    /** As it is sent (RFC 9112, 3); a proxy or a server that compresses nevertheless is told by its answer. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(endpoint.target()).append(" HTTP/1.1\r\n");
        field(head, "Host", endpoint.authority());
        if (fields.keySet().stream().noneMatch("User-Agent"::equalsIgnoreCase)) {
            field(head, "User-Agent", "headgate");
        }
        field(head, "Accept-Encoding", "identity");
        fields.forEach((name, value) -> field(head, name, value));
        if (body.length > 0 || !method.equals("GET")) {
            field(head, "Content-Length", Integer.toString(body.length));
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, all, bytes.length, body.length);
        return all;
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
