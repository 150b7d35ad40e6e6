package org.headgate.uplink.runtime;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.headgate.config.api.Gateway;
import org.osgi.framework.BundleContext;

/** A gateway that is nothing but a folder. */
record HomeFolder(Path home) implements Gateway {
    @Override
    public String id() {
        return "gw";
    }

    @Override
    public String version() {
        return "0";
    }

    /** What a component of the framework gets to know of the folder: each property names it. */
    BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> home.toString());
    }
}
