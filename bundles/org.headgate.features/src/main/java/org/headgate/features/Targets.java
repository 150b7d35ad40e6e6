package org.headgate.features;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.features.DriverFile.Part;

/** Finds out what a request comes to here and now, and refuses what cannot be; changes nothing. */
final class Targets {
    private final Catalog catalog;
    private final Framework framework;
    private final Depot depot;

    Targets(Catalog catalog, Framework framework, Depot depot) {
        this.catalog = catalog;
        this.framework = framework;
        this.depot = depot;
    }

    /**
     * What a request comes to.
     *
     * @param driver the driver's name
     * @param wish what stands in the configuration afterwards: empty for a driver that is not wanted, an empty text for the
     *     distribution's version
     * @param feature what is installed afterwards
     * @param file where it comes from, when it is not there yet
     * @param path the same file
     */
    record Target(
            String driver,
            Optional<String> wish,
            Optional<FeatureId> feature,
            Optional<DriverFile> file,
            Optional<Path> path) {
        static Target of(String driver, String wish, FeatureId feature) {
            return new Target(driver, Optional.of(wish), Optional.of(feature), Optional.empty(), Optional.empty());
        }

        /** For messages: the file, or the driver. */
        String said() {
            return file.map(DriverFile::file).orElse(driver);
        }
    }

    /** Understands a request. */
    Target of(DriverRequest request, Wishes wishes) throws Exception {
        if (request instanceof DriverRequest.FromFile from) {
            return fromFile(from);
        }
        if (request instanceof DriverRequest.Named named) {
            return named(named.name(), wishes);
        }
        if (request instanceof DriverRequest.Rollback back) {
            String version = depot.previous(
                            back.name(),
                            wishes.of(back.name()),
                            distribution(back.name()).isPresent())
                    .orElseThrow(() -> new RefusedException(back.name() + ": no version to go back to"));
            return kept(back.name(), version);
        }
        String name = ((DriverRequest.Remove) request).name();
        if (wishes.of(name).isEmpty()
                && running(name).isEmpty()
                && framework.locations(depot.location(name)).isEmpty()) {
            String hint = meant(name, FeatureId.drivers(catalog.installed())).strip();
            throw RefusedException.forGood(name + ": not installed" + (hint.isEmpty() ? "" : "; " + hint));
        }
        return new Target(name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Target named(String name, Wishes wishes) throws Exception {
        if (distribution(name).isPresent()) {
            return kept(name, "");
        }
        Optional<String> current = wishes.of(name).filter(version -> !version.isEmpty());
        Optional<String> version = current.isPresent() ? current : depot.previous(name, Optional.empty(), false);
        if (version.isEmpty()) {
            List<String> known = FeatureId.drivers(catalog.distribution());
            throw new RefusedException(name + ": no such driver; " + meant(name, known) + "there are: "
                    + String.join(", ", known) + " (or name a file in HOME/files)");
        }
        return kept(name, version.get());
    }

    private static String meant(String name, List<String> known) {
        return Texts.nearest(name, known)
                .map(word -> "did you mean " + word + "? ")
                .orElse("");
    }

    private Target kept(String name, String version) throws Exception {
        return Target.of(
                name,
                version,
                version.isEmpty() ? distribution(name).orElseThrow() : FeatureId.ofDriver(name, version));
    }

    private Target fromFile(DriverRequest.FromFile from) throws Exception {
        DriverFile file = DriverFileReader.read(from.file());
        FeatureId feature = file.feature();
        Optional<FeatureId> running = running(file.driver());
        if (distribution(file.driver()).filter(feature::equals).isPresent()) {
            throw RefusedException.forGood(file.file() + ": " + file.driver() + " " + file.version()
                    + " comes with the distribution (expected: another version)");
        }
        boolean same = running.filter(feature::equals).isPresent();
        if ((same || depot.has(feature)) && !depot.isSame(file)) {
            // In its place it would be gone before this one has shown that it runs.
            throw new RefusedException(file.file() + ": another build of " + file.driver() + " " + file.version()
                    + (same ? " is installed" : " is kept") + " (expected: another version)");
        }
        if (from.purpose() == Purpose.INSTALL && running.isPresent() && !same) {
            throw new RefusedException(file.file() + ": " + file.driver() + " "
                    + running.get().version() + " is installed (expected: driver:update)");
        }
        if (from.purpose() == Purpose.UPDATE && running.isEmpty()) {
            throw new RefusedException(
                    file.file() + ": " + file.driver() + " is not installed (expected: driver:install)");
        }
        return new Target(
                file.driver(),
                Optional.of(file.version()),
                Optional.of(feature),
                Optional.of(file),
                Optional.of(from.file()));
    }

    /** Refuses a file that could not run here, or that would take another's place. */
    void check(DriverFile file, Set<String> own) throws RefusedException {
        for (Part part : file.parts()) {
            if (framework.isTaken(part.symbolicName(), own)) {
                throw new RefusedException(file.file() + ": " + part.symbolicName()
                        + " is a bundle of the gateway or of another driver (expected: a name of its own)");
            }
        }
        Optional<String> missing = framework.missing(file);
        if (missing.isPresent()) {
            throw new RefusedException(file.file() + ": needs " + missing.get() + ", which nothing here provides");
        }
    }

    /** The version of a driver that comes with the distribution. */
    Optional<FeatureId> distribution(String driver) throws Exception {
        return catalog.distribution().stream()
                .filter(id -> id.isDriver() && id.driver().equals(driver))
                .findFirst();
    }

    /** What there is to be removed of a driver that no feature knows: the version of its bundles, or else the wanted one. */
    Optional<FeatureId> leftBehind(String driver, Set<String> bundles, Wishes wishes) throws Exception {
        Optional<FeatureId> runs = bundles.stream().findFirst().flatMap(location -> depot.version(driver, location));
        if (runs.isPresent()) {
            return runs;
        }
        Optional<String> version = wishes.of(driver);
        if (version.filter(String::isEmpty).isPresent()) {
            return distribution(driver);
        }
        return version.map(some -> FeatureId.ofDriver(driver, some));
    }

    /** The version of a driver that is installed. */
    Optional<FeatureId> running(String driver) throws Exception {
        return catalog.installed().stream()
                .filter(id -> id.isDriver() && id.driver().equals(driver))
                .findFirst();
    }
}
