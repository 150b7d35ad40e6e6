package org.headgate.features;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.osgi.framework.Version;

/**
 * What a file brings, found out before anything is changed.
 *
 * @param file the file's name, for messages
 * @param driver the driver's name
 * @param version its version, as OSGi prints it
 * @param digest the SHA-256 of the file, in hexadecimal digits
 * @param parts its bundles
 */
record DriverFile(String file, String driver, String version, String digest, List<Part> parts) {
    /** The header by which a bundle names its driver. */
    static final String HEADER = "Headgate-Driver";

    private static final String IN_NAME = ".driver.";

    /**
     * One bundle.
     *
     * @param entry where it lies in an archive; empty when it is the file itself
     */
    record Part(String symbolicName, String version, Optional<String> driver, Needs needs, String entry) {
        /** Understands a manifest. */
        static Part of(String file, Map<String, String> manifest, String entry) throws RefusedException {
            String symbolicName = manifest.getOrDefault("Bundle-SymbolicName", "")
                    .split(";")[0]
                    .strip();
            if (symbolicName.isEmpty()) {
                throw RefusedException.forGood(file + ": no Bundle-SymbolicName (expected: an OSGi bundle)");
            }
            if (manifest.containsKey("Fragment-Host")) {
                throw RefusedException.forGood(file + ": is a fragment (expected: a bundle of its own)");
            }
            String version = manifest.getOrDefault("Bundle-Version", "").strip();
            try {
                Needs needs = Needs.of(manifest);
                return new Part(
                        symbolicName,
                        Version.parseVersion(version).toString(),
                        driver(symbolicName, manifest.get(HEADER)),
                        needs,
                        entry);
            } catch (IllegalArgumentException wrong) {
                throw RefusedException.forGood(file + ": its manifest is wrong: " + wrong.getMessage());
            }
        }

        private static Optional<String> driver(String symbolicName, String header) {
            if (header != null) {
                return Optional.of(header.strip());
            }
            return symbolicName.contains(IN_NAME)
                    ? Optional.of(symbolicName.substring(symbolicName.lastIndexOf('.') + 1))
                    : Optional.empty();
        }
    }

    /** Puts bundles together; the version is the archive's or else that of the one bundle. */
    static DriverFile of(String file, Optional<String> version, String digest, List<Part> parts)
            throws RefusedException {
        List<String> names = parts.stream()
                .flatMap(part -> part.driver().stream())
                .distinct()
                .toList();
        if (names.size() != 1 || !Texts.isName(names.get(0))) {
            throw RefusedException.forGood(file + ": " + (names.isEmpty() ? "names no driver" : "names " + names)
                    + " (expected: one bundle with " + HEADER + ": NAME in its manifest)");
        }
        return new DriverFile(file, names.get(0), version.orElse(parts.get(0).version()), digest, List.copyOf(parts));
    }

    FeatureId feature() {
        return FeatureId.ofDriver(driver, version);
    }
}
