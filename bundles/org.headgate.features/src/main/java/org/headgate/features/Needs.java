package org.headgate.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.VersionRange;

/**
 * What a bundle's manifest requires of others and what it exports itself (OSGi Core 8, 3.2.4 and 3.7). Only as much as it takes to
 * name what is missing; the framework resolves in the end.
 *
 * @param required what must be there, in the order of the manifest
 * @param exported packages that the bundle brings itself
 */
record Needs(List<Need> required, List<String> exported) {
    /**
     * One requirement that is not optional.
     *
     * @param namespace its namespace, for example {@code osgi.wiring.package}
     * @param name the package or the bundle; else empty
     * @param filter what a capability must look like; may be empty
     * @param said for the user: {@code package x.y.z}
     */
    record Need(String namespace, String name, String filter, String said) {}

    private static final String PACKAGE = "osgi.wiring.package";

    /** Reads the headers {@code Import-Package}, {@code Require-Bundle}, {@code Require-Capability} and {@code Export-Package}. */
    static Needs of(Map<String, String> headers) {
        List<String> exported = new ArrayList<>();
        clauses(headers.getOrDefault("Export-Package", "")).forEach(clause -> exported.addAll(clause.names));
        List<Need> required = new ArrayList<>();
        for (Clause clause : clauses(headers.getOrDefault("Import-Package", ""))) {
            String range =
                    clause.values.getOrDefault("version", clause.values.getOrDefault("specification-version", ""));
            for (String name : clause.names) {
                if (clause.isMandatory() && !exported.contains(name)) {
                    required.add(versioned(PACKAGE, "package ", name, "version", range));
                }
            }
        }
        for (Clause clause : clauses(headers.getOrDefault("Require-Bundle", ""))) {
            if (clause.isMandatory()) {
                String range = clause.values.getOrDefault("bundle-version", "");
                required.add(versioned("osgi.wiring.bundle", "bundle ", clause.names.get(0), "bundle-version", range));
            }
        }
        for (Clause clause : clauses(headers.getOrDefault("Require-Capability", ""))) {
            String filter = clause.values.getOrDefault("filter:", "");
            if (clause.isMandatory() && "resolve".equals(clause.values.getOrDefault("effective:", "resolve"))) {
                String namespace = clause.names.get(0);
                required.add(new Need(namespace, "", filter, (namespace + " " + filter).strip()));
            }
        }
        return new Needs(List.copyOf(required), List.copyOf(exported));
    }

    private static Need versioned(String namespace, String what, String name, String attribute, String range) {
        String filter = "(" + namespace + "=" + name + ")";
        if (range.isEmpty()) {
            return new Need(namespace, name, filter, what + name);
        }
        String versions = VersionRange.valueOf(range).toFilterString(attribute);
        return new Need(namespace, name, "(&" + filter + versions + ")", what + name + " " + range);
    }

    /** Splits a header into its clauses: {@code name;name;attribute=value;directive:=value, ...}. */
    private static List<Clause> clauses(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String text : split(header, ',')) {
            List<String> names = new ArrayList<>();
            Map<String, String> values = new LinkedHashMap<>();
            for (String part : split(text, ';')) {
                int equals = part.indexOf('=');
                if (equals < 0 || part.startsWith("\"")) {
                    names.add(part);
                } else {
                    values.put(part.substring(0, equals).strip(), unquoted(part.substring(equals + 1)));
                }
            }
            if (!names.isEmpty()) {
                clauses.add(new Clause(names, values));
            }
        }
        return clauses;
    }

    /** Splits at a separator that does not stand in quotes; strips blanks and leaves out empty parts. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator && !quoted) {
                String part = text.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return parts;
    }

    private static String unquoted(String value) {
        String stripped = value.strip();
        return stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
    }

    private record Clause(List<String> names, Map<String, String> values) {
        boolean isMandatory() {
            return !"optional".equals(values.get("resolution:")) && !"dynamic".equals(values.get("resolution:"));
        }
    }
}
