package org.headgate.console;

import java.security.AccessController;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/** Who a session belongs to. Karaf keeps the user as a JAAS subject on the thread, which JDK 24 does away with. */
final class Users {
    private static final String LOCAL = "local";

    private Users() {}

    /** A user with roles; roles do not include each other. */
    static Subject subject(String name, Iterable<String> roles) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(name));
        roles.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
        subject.setReadOnly();
        return subject;
    }

    /** The name of the user of this thread; {@code local} where there is none. */
    @SuppressWarnings("removal")
    static String current() {
        Subject subject = Subject.getSubject(AccessController.getContext());
        return subject == null ? LOCAL : name(subject);
    }

    /** The roles of the user of this thread; none where there is no user. */
    @SuppressWarnings("removal")
    static Set<String> roles() {
        Subject subject = Subject.getSubject(AccessController.getContext());
        return subject == null
                ? Set.of()
                : subject.getPrincipals(RolePrincipal.class).stream()
                        .map(RolePrincipal::getName)
                        .collect(Collectors.toSet());
    }

    /** The name of a user. */
    static String name(Subject subject) {
        return subject.getPrincipals(UserPrincipal.class).stream()
                .map(UserPrincipal::getName)
                .findFirst()
                .orElse(LOCAL);
    }
}
