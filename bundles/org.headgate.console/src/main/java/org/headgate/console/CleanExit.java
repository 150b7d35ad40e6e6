package org.headgate.console;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the framework, and so every component, when the JVM ends by Ctrl-C or because its terminal is gone: Karaf's launcher
 * does so at SIGTERM only.
 */
@Component(service = CleanExit.class, immediate = true)
public final class CleanExit {
    private static final Logger LOG = LoggerFactory.getLogger(CleanExit.class);
    private static final long PATIENCE_MILLIS = 10_000;

    /** Called by Declarative Services. The hook stays when this component goes: it does nothing to a stopped framework. */
    @Activate
    public CleanExit(BundleContext context) {
        Framework framework =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(Framework.class);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(framework), "clean-exit"));
    }

    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(PATIENCE_MILLIS);
        } catch (BundleException failed) {
            LOG.error("the framework has not stopped", failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
