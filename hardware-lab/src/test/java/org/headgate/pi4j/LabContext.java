package org.headgate.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import org.headgate.linux.EdgePump;

/** Pi4J on the kernel of the lab, without a framework around it. */
public final class LabContext implements AutoCloseable {
    private final EdgePump pump = new EdgePump();
    private final Context context = Pi4J.newContextBuilder()
            .noAutoDetectPlatforms()
            .noAutoDetectProviders()
            .disableShutdownHook()
            .add(LinuxProviders.all(pump))
            .build();

    /** A context whose edges have a thread of their own until it is closed. */
    public LabContext() {
        Thread edges = new Thread(pump::call, "edges");
        edges.setDaemon(true);
        edges.start();
    }

    /** For whoever opens pins. */
    public Context context() {
        return context;
    }

    @Override
    public void close() {
        context.shutdown();
        pump.close();
    }
}
