package org.headgate.uplink.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.LinkTrial;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.Transport;
import org.headgate.uplink.api.TrialStep;

/** One test of an uplink's way: runs on a thread for calls, and measures the steps. */
final class Trial implements LinkTrial {
    /** The stream whose topic is used; no device and no rule should have this name. */
    private static final String STREAM = "uplink-test";

    /** A transport needs as many time-outs as it has steps that wait for the server. */
    private static final int STEPS = 5;

    private final UplinkSettings settings;
    private final Surroundings with;
    private final List<TrialStep> steps = new ArrayList<>();
    private String step = "";
    private String note = "";
    private long sinceNanos;

    Trial(UplinkSettings settings, Surroundings with) {
        this.settings = settings;
        this.with = with;
    }

    /** Tests through a transport, as a format wants it; fails where nothing can be tried. */
    CompletableFuture<List<TrialStep>> start(Optional<Transport> transport, Optional<PayloadFormat> format) {
        Optional<LinkSettings> link = settings.credential().in(settings.link());
        if (settings.invalid().isPresent()) {
            return refused(settings.invalid().get());
        }
        if (transport.isEmpty() || format.isEmpty()) {
            return refused(settings.missing(transport));
        }
        if (link.isEmpty()) {
            return refused(settings.credential().missing());
        }
        CompletableFuture<List<TrialStep>> done = new CompletableFuture<>();
        with.calls()
                .submit(
                        "uplink-test:" + settings.name(),
                        () -> run(transport.get(), format.get(), link.get()),
                        settings.link().timeout().multipliedBy(STEPS).plusSeconds(2),
                        Runnable::run,
                        outcome -> outcome.value()
                                .ifPresentOrElse(
                                        done::complete,
                                        () -> done.completeExceptionally(
                                                outcome.failure().orElseThrow())));
        return done;
    }

    @Override
    public void begins(String next) {
        end("");
        step = next;
        sinceNanos = with.clock().monotonicNanos();
    }

    @Override
    public void note(String line) {
        note = line;
    }

    static CompletableFuture<List<TrialStep>> refused(String why) {
        return CompletableFuture.failedFuture(new IOException(why));
    }

    private List<TrialStep> run(Transport transport, PayloadFormat format, LinkSettings link) {
        begins("settings");
        try {
            transport.check(link);
            settings.check(format);
            List<String> topics = format.trialSubscriptions(settings.payload());
            if (topics.isEmpty()) {
                thereAndBack(transport, link);
            } else {
                transport.test(link, topics, this);
                note("good; nothing was sent, as hosts would take it for data: " + format.name()
                        + " has no topic for a test. Whether the server takes what is sent shows when the uplink runs");
            }
            end("");
        } catch (IllegalArgumentException wrong) {
            end(UplinkKeys.line(wrong));
        } catch (IOException failed) {
            end(failed.getMessage() == null ? failed.toString() : failed.getMessage());
        }
        return List.copyOf(steps);
    }

    private void thereAndBack(Transport transport, LinkSettings link) throws IOException {
        String topic = settings.routes().topic(STREAM);
        // A topic that is the same for all streams has readers who expect rows.
        String own = topic.contains(STREAM) ? topic : topic + "/" + STREAM;
        String text = "{\"gateway\":\"" + link.gateway() + "\",\"test\":\""
                + Long.toHexString(with.clock().epochNanos()) + "\"}";
        transport.test(link, own, text.getBytes(StandardCharsets.UTF_8), this);
    }

    private void end(String failure) {
        if (!step.isEmpty()) {
            Duration took = Duration.ofNanos(with.clock().monotonicNanos() - sinceNanos);
            steps.add(new TrialStep(step, took, note, failure));
        }
        step = "";
        note = "";
    }
}
