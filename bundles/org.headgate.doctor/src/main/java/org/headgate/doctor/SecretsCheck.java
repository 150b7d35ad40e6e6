package org.headgate.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.SecretKeys;
import org.headgate.config.api.Secrets;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.Machine;
import org.headgate.host.PrivateFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the secrets that settings name are there, and nobody else can read one. Shows none. */
@Component
public final class SecretsCheck implements HealthCheck {
    private static final Pattern REFERENCE = Pattern.compile("@[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Configurations configurations;
    private final Secrets secrets;
    private final Machine home;

    @Activate
    public SecretsCheck(
            @Reference Configurations configurations, @Reference Secrets secrets, @Reference Gateway gateway) {
        this(configurations, secrets, new Machine(gateway.home(), gateway.home()));
    }

    SecretsCheck(Configurations configurations, Secrets secrets, Machine home) {
        this.configurations = configurations;
        this.secrets = secrets;
        this.home = home;
    }

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> wanted = new TreeMap<>();
        for (String file : configurations.files()) {
            configurations.values(file).forEach((key, value) -> {
                if (REFERENCE.matcher(value).matches()) {
                    wanted.putIfAbsent(value, file);
                } else if (SecretKeys.isClearText(key, value)) {
                    findings.add(Finding.fail(
                            file,
                            key + " stands in it in clear text, which is refused",
                            "secret:set NAME, then write @NAME there"));
                }
            });
        }
        List<PrivateFile> files = PrivateFile.list(home, "secrets");
        for (PrivateFile file : files) {
            if (!file.ownersOnly() && !isPublic(file.name())) {
                findings.add(Finding.fail(file.name(), "others than its owner may use it", "chmod 600 " + file.path()));
            }
        }
        wanted.forEach((reference, file) -> {
            String name = reference.substring(1);
            if (resolves(reference)) {
                findings.add(Finding.ok(reference, "is there for " + file));
            } else if (files.stream().noneMatch(each -> each.name().equals(name))) {
                findings.add(Finding.fail(reference, "is named in " + file + ", but not set", "secret:set " + name));
            } else if (files.stream().allMatch(each -> !each.name().equals(name) || each.ownersOnly())) {
                findings.add(Finding.fail(reference, "cannot be read", "secret:set " + name));
            }
        });
        return findings.isEmpty() ? List.of(Finding.ok("", "no setting names one")) : findings;
    }

    /** What ssh keeps there is for everybody, though the folder is not. */
    private static boolean isPublic(String name) {
        return name.startsWith("known_hosts") || name.endsWith(".pub");
    }

    private boolean resolves(String reference) {
        Optional<char[]> secret = secrets.resolve(reference);
        secret.ifPresent(text -> Arrays.fill(text, '\0'));
        return secret.isPresent();
    }
}
