package org.headgate.config;

import java.nio.file.Path;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Gateway;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/** The gateway whose home this is. Its identity is read once: topics and logs must not change under way. */
@Component
public final class HomeGateway implements Gateway {
    private static final String UNKNOWN = "gw-unknown";

    private final String id;
    private final String version;
    private final Path home;

    /** Takes the identity from the files that were read. */
    @Activate
    public HomeGateway(BundleContext context, @Reference Configurations configurations) {
        this(Home.of(context).path(), context.getBundle().getVersion(), configurations);
    }

    HomeGateway(Path home, Version version, Configurations configurations) {
        this.home = home;
        this.version = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
        String written = configurations.value(FileName.GATEWAY, "id").orElse("");
        // It becomes a level of MQTT topics, where + # / mean something else.
        String usable = written.replaceAll("[^A-Za-z0-9._-]", "-");
        this.id = usable.isBlank() ? UNKNOWN : usable;
        if (!id.equals(written)) {
            LoggerFactory.getLogger(HomeGateway.class)
                    .warn("{} id: {} (expected: letters, digits, . _ -); {} is used", FileName.GATEWAY, written, id);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Path home() {
        return home;
    }
}
