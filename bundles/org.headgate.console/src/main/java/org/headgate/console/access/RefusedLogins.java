package org.headgate.console.access;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.headgate.console.Refusals;

/**
 * Stands beside the module that checks keys, lets nobody in, and hears by {@link #abort} that nobody was let in. JAAS makes an
 * object of this class for each login. A client that offers several keys is refused once for each that does not fit.
 */
public final class RefusedLogins implements LoginModule {
    /** The option that holds the {@link Refusals}. */
    static final String REFUSALS = "org.headgate.refusals";

    private Optional<Refusals> refusals = Optional.empty();
    private Subject subject;
    private CallbackHandler handler;
    private String user = "unknown";

    @Override
    public void initialize(
            Subject asked, CallbackHandler callbacks, Map<String, ?> sharedState, Map<String, ?> options) {
        subject = asked;
        handler = callbacks;
        refusals = options.get(REFUSALS) instanceof Refusals found ? Optional.of(found) : Optional.empty();
    }

    @Override
    public boolean login() {
        NameCallback name = new NameCallback("user");
        try {
            handler.handle(new Callback[] {name});
            user = Optional.ofNullable(name.getName()).orElse(user);
        } catch (IOException | UnsupportedCallbackException unnamed) {
            // Then it is refused without a name.
            return false;
        }
        return false;
    }

    @Override
    public boolean commit() {
        return false;
    }

    @Override
    public boolean abort() {
        String from = subject.getPrincipals(ClientPrincipal.class).stream()
                .findFirst()
                .map(client ->
                        client.getMethod() + " from " + client.getAddress().replace("/", ""))
                .orElse("console");
        refusals.ifPresent(to -> to.refused(user, from + ": no such user, or not this key"));
        return false;
    }

    @Override
    public boolean logout() {
        return false;
    }
}
