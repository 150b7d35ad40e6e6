package org.headgate.config;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** As much of Configuration Admin as the loader uses, with a log of what was done. */
final class MemoryAdmin {
    final Map<String, Dictionary<String, Object>> configurations = new TreeMap<>();
    final List<String> log = new ArrayList<>();

    ConfigurationAdmin service() {
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1]);
                    case "getConfiguration" -> configuration((String) arguments[0]);
                    case "listConfigurations" -> list((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Configuration[] list(String filter) {
        String pid = filter.substring("(service.pid=".length(), filter.length() - 1);
        return configurations.keySet().stream()
                .filter(key -> pid.endsWith("*") ? key.startsWith(pid.substring(0, pid.length() - 1)) : key.equals(pid))
                .map(this::configuration)
                .toArray(Configuration[]::new);
    }

    private Configuration configuration(String pid) {
        return (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPid" -> pid;
                    case "getProperties" -> configurations.get(pid);
                    case "delete" -> {
                        log.add("delete " + pid);
                        yield configurations.remove(pid) == null ? null : null;
                    }
                    case "update" -> {
                        log.add("update " + pid);
                        Hashtable<String, Object> copy = new Hashtable<>();
                        Dictionary<?, ?> given = (Dictionary<?, ?>) arguments[0];
                        given.keys().asIterator().forEachRemaining(key -> copy.put((String) key, given.get(key)));
                        copy.put("service.pid", pid);
                        configurations.put(pid, copy);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
