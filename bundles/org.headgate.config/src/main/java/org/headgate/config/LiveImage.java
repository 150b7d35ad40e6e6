package org.headgate.config;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Instance;
import org.headgate.config.text.SettingsText;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The files as Configuration Admin has them. An update that would change nothing is not made, since each one restarts
 * the instance. Used under the lock of {@link EtcFiles}.
 */
final class LiveImage {
    /** Any location: the components that take the configuration live in other bundles. */
    private static final String ANYWHERE = "?";

    private static final Set<String> SET_BY_OTHERS =
            Set.of("service.pid", "service.factoryPid", "service.bundleLocation", "felix.fileinstall.filename");

    private final ConfigurationAdmin admin;

    LiveImage(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Brings an instance up to its file. */
    void put(FileName name, SettingsText text) throws IOException {
        Configuration configuration = name.factory()
                ? admin.getFactoryConfiguration(name.pid(), name.name(), ANYWHERE)
                : admin.getConfiguration(name.pid(), ANYWHERE);
        Dictionary<String, Object> wanted = properties(name, text);
        Dictionary<String, Object> current = configuration.getProperties();
        if (current == null || !same(current, wanted)) {
            configuration.update(wanted);
        }
    }

    /** Takes an instance away. */
    void remove(FileName name) throws IOException {
        for (Configuration configuration : list("(service.pid=" + escaped(name.fullPid()) + ")")) {
            configuration.delete();
        }
    }

    /** Takes everything away that is ours and has no file: what a former run or another tool left behind. */
    void retain(Set<String> fullPids) throws IOException {
        for (Configuration configuration : list("(service.pid=headgate.*)")) {
            if (!fullPids.contains(configuration.getPid())) {
                configuration.delete();
            }
        }
    }

    private Configuration[] list(String filter) throws IOException {
        try {
            return Objects.requireNonNullElse(admin.listConfigurations(filter), new Configuration[0]);
        } catch (InvalidSyntaxException impossible) {
            throw new IOException("filter " + filter, impossible);
        }
    }

    private static Dictionary<String, Object> properties(FileName name, SettingsText text) {
        Map<String, String> values = text.values();
        Dictionary<String, Object> properties = new Hashtable<>(values);
        properties.put(Instance.NAME, name.name());
        properties.put(Instance.FILE, name.file());
        properties.put(Instance.KEYS, values.keySet().toArray(String[]::new));
        text.broken().ifPresent(reason -> properties.put(Instance.BROKEN, reason));
        return properties;
    }

    private static boolean same(Dictionary<String, Object> current, Dictionary<String, Object> wanted) {
        int ours = 0;
        for (String key : Collections.list(current.keys())) {
            if (!SET_BY_OTHERS.contains(key)) {
                ours++;
                if (!Objects.deepEquals(current.get(key), wanted.get(key))) {
                    return false;
                }
            }
        }
        return ours == wanted.size();
    }

    /** RFC 4515 escaping, as far as it matters for a PID. */
    private static String escaped(String pid) {
        StringBuilder escaped = new StringBuilder();
        for (char c : pid.toCharArray()) {
            escaped.append("\\*()".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return escaped.toString();
    }
}
