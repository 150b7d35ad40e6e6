package org.headgate.driver.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** Collects the body of one post as it comes, and answers: when it is whole, too long, or too late. */
final class Bodies implements ReadListener, AsyncListener {
    private static final int FIRST = 2 << 10;

    private final AsyncContext context;
    private final Recipient recipient;
    private final ServletInputStream in;
    private final AtomicBoolean done = new AtomicBoolean();
    private byte[] body;
    private int length;

    Bodies(AsyncContext context, Recipient recipient) throws IOException {
        this.context = context;
        this.recipient = recipient;
        this.in = context.getRequest().getInputStream();
        this.body = new byte[Math.min(FIRST, recipient.longest() + 1)];
    }

    /** An answer without a body where it was taken, else with one line. */
    static void answer(HttpServletResponse response, Verdict verdict) throws IOException {
        response.setStatus(verdict.status());
        if (verdict.equals(Verdict.TOO_MANY)) {
            response.setHeader("Retry-After", "1");
        } else if (verdict.equals(Verdict.CLOSED)) {
            response.setHeader("Retry-After", "5");
        }
        if (!verdict.isTaken()) {
            byte[] line = (verdict.line() + "\n").getBytes(StandardCharsets.UTF_8);
            response.setContentType("text/plain;charset=utf-8");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentLength(line.length);
            response.getOutputStream().write(line);
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!done.get() && in.isReady() && !in.isFinished()) {
            if (length == body.length) {
                body = Arrays.copyOf(body, Math.min(recipient.longest() + 1, 2 * body.length));
            }
            int count = in.read(body, length, body.length - length);
            length += Math.max(0, count);
            if (length > recipient.longest()) {
                refuse(Verdict.tooLong(recipient.longest()));
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        if (!done.get()) {
            complete(recipient.take(body, length));
        }
    }

    @Override
    public void onError(Throwable gone) {
        cut();
    }

    /** The time may end while a message is being taken: then it is answered already, and only from here does Jetty let it end. */
    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (done.get()) {
            context.complete();
        } else {
            refuse(Verdict.TOO_LATE);
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        cut();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (done.compareAndSet(false, true)) {
            recipient.ended();
            recipient.refused(Verdict.CUT.line());
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It is not started again.
    }

    private void complete(Verdict verdict) throws IOException {
        if (done.compareAndSet(false, true)) {
            recipient.ended();
            answer(verdict);
        }
    }

    /** For a body that is not read to its end. */
    private void refuse(Verdict verdict) throws IOException {
        if (done.compareAndSet(false, true)) {
            recipient.ended();
            recipient.refused(verdict.line());
            ((HttpServletResponse) context.getResponse()).setHeader("Connection", "close");
            answer(verdict);
        }
    }

    private void answer(Verdict verdict) throws IOException {
        try {
            answer((HttpServletResponse) context.getResponse(), verdict);
        } finally {
            try {
                context.complete();
            } catch (IllegalStateException timeIsOver) {
                // Jetty calls onTimeout next, which ends it.
            }
        }
    }

    /** Who has only ended what it says hears the answer, and would take what Jetty says by itself, which is 200, for a yes. */
    private void cut() {
        try {
            refuse(Verdict.CUT);
        } catch (IOException gone) {
            // It hears nothing any more.
        }
    }
}
