package org.headgate.driver.http;

import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What Felix has no settings for. Whoever offers connectors is shown each Jetty that Felix has started: so it is tuned here, and gets a
 * connector that is no port, that has no thread and that nobody comes to.
 */
@Component
public final class JettyTuning implements ConnectorFactory {
    private final Crowd crowd;

    /** For the service registry. */
    @Activate
    public JettyTuning(@Reference Crowd crowd) {
        this.crowd = crowd;
    }

    @Override
    public Connector createConnector(Server server) {
        LineErrors errors = new LineErrors();
        server.setErrorHandler(errors);
        server.getDescendants(ServletContextHandler.class).forEach(context -> context.setErrorHandler(errors));
        for (Connector port : server.getConnectors()) {
            ((AbstractConnector) port).addEventListener(crowd);
            trustClients(port);
        }
        return new NoPort(server);
    }

    /** Felix takes none that could not be a port. */
    private static final class NoPort extends ServerConnector {
        NoPort(Server server) {
            super(server, 0, 1, new HttpConnectionFactory());
        }

        @Override
        protected void doStart() {
            // Nothing is opened, and no thread waits.
        }

        @Override
        protected void doStop() {
            // Nothing was opened.
        }
    }

    /** Whether the certificate is for the name that it was called by is for the client to judge: one that pins it may call us by any. */
    private static void trustClients(Connector port) {
        HttpConnectionFactory http = port.getConnectionFactory(HttpConnectionFactory.class);
        SecureRequestCustomizer secure = http.getHttpConfiguration().getCustomizer(SecureRequestCustomizer.class);
        if (secure != null) {
            secure.setSniHostCheck(false);
        }
    }
}
