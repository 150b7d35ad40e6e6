package org.headgate.driver.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /in/DEVICE}: a POST is a message, a GET may become a web socket. No thread waits for a body. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/in/*",
            "osgi.http.whiteboard.servlet.name=headgate-in",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true"
        })
public final class InServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final long WHOLE_BODY_MILLIS = 10_000;

    private final transient Gate gate;
    private final transient Crowd crowd;
    private final transient Clock clock;
    private final long wholeBodyMillis;

    /** For the service registry. */
    @Activate
    public InServlet(@Reference Inbox inbox, @Reference Crowd crowd, @Reference Clock clock) {
        this(inbox, crowd, clock, WHOLE_BODY_MILLIS);
    }

    InServlet(Inbox inbox, Crowd crowd, Clock clock, long wholeBodyMillis) {
        this.gate = new Gate(inbox, clock);
        this.crowd = crowd;
        this.clock = clock;
        this.wholeBodyMillis = wholeBodyMillis;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Optional<Recipient> recipient = gate.recipient(request);
        if (recipient.isEmpty() && gate.isExpected(request)) {
            crowd.known(Handshake.endPoint(request));
            response.setHeader("Connection", "close");
            Bodies.answer(response, Verdict.CLOSED);
            return;
        }
        if (recipient.isEmpty()) {
            response.setStatus(gate.stranger());
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setHeader("Connection", "close");
            return;
        }
        crowd.known(Handshake.endPoint(request));
        if (request.getMethod().equals("POST")) {
            post(request, response, recipient.get());
        } else if (Handshake.isWanted(request)) {
            Handshake.shake(request, response, recipient.get(), clock, wholeBodyMillis);
        } else {
            response.setHeader("Allow", "POST");
            response.setHeader("Connection", "close");
            Bodies.answer(response, new Verdict(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "POST is understood"));
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response, Recipient recipient)
            throws IOException {
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            refuse(response, recipient, Verdict.COMPRESSED);
        } else if (request.getContentLengthLong() > recipient.longest()) {
            refuse(response, recipient, Verdict.tooLong(recipient.longest()));
        } else if (!recipient.begins()) {
            Bodies.answer(response, Verdict.TOO_MANY);
        } else {
            AsyncContext context = request.startAsync();
            context.setTimeout(wholeBodyMillis);
            Bodies body = new Bodies(context, recipient);
            context.addListener(body);
            request.getInputStream().setReadListener(body);
        }
    }

    private static void refuse(HttpServletResponse response, Recipient recipient, Verdict verdict) throws IOException {
        recipient.refused(verdict.line());
        Bodies.answer(response, verdict);
    }
}
