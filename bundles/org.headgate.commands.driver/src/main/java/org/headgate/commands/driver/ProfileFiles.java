package org.headgate.commands.driver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.Removal;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Adds, changes and removes the files of profiles. */
@Component(service = ProfileFiles.class)
public final class ProfileFiles {
    private static final List<String> KEYS = List.of("channel.", "driver=", "poll=1s", "timeout=2s");

    private final Configurations configurations;
    private final Instances profiles;
    private final Instances devices;

    /** Works on the files of a gateway. */
    @Activate
    public ProfileFiles(@Reference Configurations configurations) {
        this.configurations = configurations;
        profiles = new Instances(configurations, "profile");
        devices = new Instances(configurations, "device");
    }

    List<String> names(List<String> before) {
        return profiles.complete(before);
    }

    List<String> keys() {
        return KEYS;
    }

    int add(Invocation invocation) throws UsageException {
        String name = Instances.newName(invocation);
        Map<String, Optional<String>> values = values(invocation);
        if (profiles.exists(name)) {
            return invocation.fail(
                    "there is a profile " + name + " already: profile:set " + name + " key=value... changes it");
        }
        String file = profiles.file(name);
        Change change = Edits.of(invocation);
        return make(
                invocation,
                values.isEmpty() ? change.replace(file, "") : change.keys(file, values),
                "profile " + name + " is added");
    }

    int set(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        invocation.word(1, "key=value");
        Map<String, Optional<String>> values = values(invocation);
        return profiles.exists(name)
                ? make(
                        invocation,
                        Edits.of(invocation).keys(profiles.file(name), values),
                        "profile " + name + " is changed" + usedBy(name))
                : profiles.unknown(invocation, name);
    }

    int remove(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        if (!profiles.exists(name)) {
            return profiles.unknown(invocation, name);
        }
        List<String> users = users(name);
        String use = users.isEmpty()
                ? ""
                : String.join(", ", users) + (users.size() == 1 ? " uses it" : " use it")
                        + ", and cannot work without it";
        return Removal.isAgreed(invocation, "profile " + name, use)
                ? make(invocation, Edits.of(invocation).remove(profiles.file(name)), "profile " + name + " is removed")
                : 1;
    }

    private static Map<String, Optional<String>> values(Invocation invocation) throws UsageException {
        return Assignments.of(invocation.words().subList(1, invocation.words().size()));
    }

    private String usedBy(String profile) {
        List<String> users = users(profile);
        return users.isEmpty() ? "" : ", for " + String.join(", ", users);
    }

    private List<String> users(String profile) {
        return devices.names().stream()
                .filter(device -> devices.value(device, "profile").equals(Optional.of(profile)))
                .toList();
    }

    private int make(Invocation invocation, Change change, String done) {
        return new Edits(configurations).make(invocation, change, done);
    }
}
