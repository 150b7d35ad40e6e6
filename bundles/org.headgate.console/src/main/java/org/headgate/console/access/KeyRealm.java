package org.headgate.console.access;

import static javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag.OPTIONAL;
import static javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag.REQUIRED;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
import org.headgate.console.Refusals;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The realm {@code headgate} of the SSH server: public keys from {@code HOME/secrets/keys.properties}, no passwords. */
@Component
public final class KeyRealm implements JaasRealm {
    private final BundleContext context;
    private final String users;
    private final Refusals refusals;

    /** Called by Declarative Services. */
    @Activate
    public KeyRealm(BundleContext context, @Reference Refusals refusals) {
        this.context = context;
        this.refusals = refusals;
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
        return new AppConfigurationEntry[] {
            entry(RefusedLogins.class, OPTIONAL, RefusedLogins.REFUSALS, refusals),
            entry(PublickeyLoginModule.class, REQUIRED, "users", users)
        };
    }

    private AppConfigurationEntry entry(
            Class<? extends LoginModule> module, LoginModuleControlFlag flag, String option, Object value) {
        Map<String, Object> options = new HashMap<>();
        options.put(BundleContext.class.getName(), context);
        options.put(ProxyLoginModule.PROPERTY_MODULE, module.getName());
        options.put(
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(FrameworkUtil.getBundle(module).getBundleId()));
        options.put(option, value);
        return new AppConfigurationEntry(ProxyLoginModule.class.getName(), flag, options);
    }
}
