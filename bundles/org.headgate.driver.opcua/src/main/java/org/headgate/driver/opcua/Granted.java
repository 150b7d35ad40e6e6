package org.headgate.driver.opcua;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;

/** What a server gives of what it was asked for: it may sample more slowly and keep less (OPC 10000-4, 5.13.2), and only says so. */
final class Granted {
    private int refused;
    private String firstRefused = "";
    private int slower;
    private double slowest;
    private String slowestText = "";
    private int shorter;
    private String firstShorter = "";

    /** A variable that the server reports. */
    void item(Plan plan, MonitoredItemCreateResult result, long queue) {
        long asked = plan.sampling().toMillis();
        double sampling = result.getRevisedSamplingInterval();
        if (asked > 0 && sampling > asked) {
            slower++;
            if (sampling > slowest) {
                slowest = sampling;
                slowestText = plan.channel().name() + ": every " + (long) sampling + " ms instead of " + asked + " ms";
            }
        }
        long kept = result.getRevisedQueueSize().longValue();
        if (kept < queue && shorter++ == 0) {
            firstShorter = plan.channel().name() + ": " + kept + " instead of " + queue;
        }
    }

    /** A variable that it does not report. */
    void refused(Plan plan, StatusCode why) {
        if (refused++ == 0) {
            firstRefused = plan.channel().name() + ": " + Faults.name(why);
        }
    }

    /** What is worth a line in the log. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (refused > 0) {
            lines.add("the server does not report " + refused + " variables, so they are polled; " + firstRefused);
        }
        if (slower > 0) {
            lines.add("the server samples " + slower + " variables more slowly than asked; " + slowestText);
        }
        if (shorter > 0) {
            lines.add("the server keeps fewer values of " + shorter + " variables than asked; " + firstShorter);
        }
        return lines;
    }
}
