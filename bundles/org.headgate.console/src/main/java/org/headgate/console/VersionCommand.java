package org.headgate.console;

import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code gateway:version}. */
@Component(service = ConsoleCommand.class)
public final class VersionCommand implements ConsoleCommand {
    private final String version;

    /** Called by Declarative Services. */
    @Activate
    public VersionCommand(BundleContext context) {
        this(context.getBundle().getVersion().toString());
    }

    VersionCommand(String version) {
        this.version = version;
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:version", "Shows the version of Headgate and of what it runs on.")
                .json()
                .example("gateway:version", "Prints one line.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        String java = System.getProperty("java.version", "");
        String karaf = System.getProperty("karaf.version", "");
        if (invocation.json()) {
            invocation
                    .out()
                    .println(
                            new Json().put("version", version).put("java", java).put("karaf", karaf));
        } else {
            invocation.out().println("Headgate " + version + " (Java " + java + ", Karaf " + karaf + ")");
        }
        return 0;
    }
}
