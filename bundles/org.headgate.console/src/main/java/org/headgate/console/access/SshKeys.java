package org.headgate.console.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headgate.console.PrivateFiles;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, at the first start, the key pairs in {@code HOME/secrets}: {@code console.key} opens the console, {@code host.key}
 * proves to it that it speaks with this gateway. The SSH server starts after this bundle (start level), so they are there.
 */
@Component(service = SshKeys.class, immediate = true)
public final class SshKeys {
    /** Who may log in with which key, in the form of Karaf's public key realm. */
    static final String USERS = "keys.properties";

    private static final Logger LOG = LoggerFactory.getLogger(SshKeys.class);

    /** Called by Declarative Services. */
    @Activate
    public SshKeys(BundleContext context) throws IOException {
        this(Path.of(context.getProperty("headgate.home"), "secrets"));
    }

    SshKeys(Path secrets) throws IOException {
        PrivateFiles.folder(secrets);
        if (!Files.exists(secrets.resolve("host.key"))) {
            SshKey host = SshKey.generate();
            PrivateFiles.write(secrets.resolve("known_hosts"), "headgate ssh-rsa " + host.blob() + "\n");
            PrivateFiles.write(secrets.resolve("host.key"), host.pem());
        }
        if (!Files.exists(secrets.resolve("console.key")) || !Files.exists(secrets.resolve(USERS))) {
            SshKey admin = SshKey.generate();
            PrivateFiles.write(secrets.resolve("console.key"), admin.pem());
            PrivateFiles.write(secrets.resolve(USERS), users(admin));
            LOG.info("made a key pair for the console in {}", secrets);
        }
    }

    private static String users(SshKey admin) {
        return "# USER = PUBLIC KEY (the base64 text of an ssh-rsa key), _g_:GROUP\n"
                + "# Groups: viewers read, operators also write and switch, admins do everything.\n"
                + "admin = " + admin.blob() + ",_g_:admins\n"
                + "_g_\\:viewers = group,viewer,ssh\n"
                + "_g_\\:operators = group,viewer,operator,ssh\n"
                + "_g_\\:admins = group,viewer,operator,admin,manager,systembundles,ssh\n";
    }
}
