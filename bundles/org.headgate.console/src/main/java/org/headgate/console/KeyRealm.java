package org.headgate.console;

import static javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag.REQUIRED;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The realm {@code headgate} of the SSH server: public keys from {@code HOME/secrets/keys.properties}, no passwords. */
@Component
public final class KeyRealm implements JaasRealm {
    private final BundleContext context;
    private final String users;

    /** Called by Declarative Services. */
    @Activate
    public KeyRealm(BundleContext context) {
        this.context = context;
        users = Path.of(context.getProperty("headgate.home"), "secrets", SshKeys.USERS)
                .toString();
    }

    @Override
    public String getName() {
        return "headgate";
    }

    @Override
    public int getRank() {
        return 0;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        Map<String, Object> options = new HashMap<>();
        options.put(BundleContext.class.getName(), context);
        options.put(ProxyLoginModule.PROPERTY_MODULE, PublickeyLoginModule.class.getName());
        options.put(
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(
                        FrameworkUtil.getBundle(PublickeyLoginModule.class).getBundleId()));
        options.put("users", users);
        return new AppConfigurationEntry[] {
            new AppConfigurationEntry(ProxyLoginModule.class.getName(), REQUIRED, options)
        };
    }
}
