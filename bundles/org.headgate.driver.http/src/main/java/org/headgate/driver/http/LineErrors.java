package org.headgate.driver.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses is answered with one line as everything else is: Jetty would send a page with its name and version. */
final class LineErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpFields.Mutable fields = response.getHeaders();
        fields.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        fields.put(HttpHeader.CACHE_CONTROL, "no-store");
        fields.put("X-Content-Type-Options", "nosniff");
        // Who asks for what is not there is no device of ours, and is not to keep the connection.
        fields.put(HttpHeader.CONNECTION, "close");
        byte[] line = (line(response.getStatus()) + "\n").getBytes(StandardCharsets.UTF_8);
        fields.put(HttpHeader.CONTENT_LENGTH, line.length);
        Content.Sink.write(response, true, new String(line, StandardCharsets.UTF_8), callback);
        return true;
    }

    private static String line(int status) {
        return status == HttpStatus.NOT_FOUND_404
                ? "there is nothing here: devices post to /in/NAME"
                : HttpStatus.getMessage(status).toLowerCase(java.util.Locale.ROOT);
    }
}
