package org.headgate.features;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleException;

/** What runs, reduced to what is needed of it here. Bundles are known by their locations. */
interface Framework {
    /** The locations of bundles that begin so. */
    Set<String> locations(String prefix);

    /** The symbolic names of bundles, sorted. */
    List<String> names(Set<String> locations);

    /** The symbolic names of the other bundles that use what these export, and so must be restarted when these go; sorted. */
    List<String> dependents(Set<String> locations);

    /** Whether a bundle of that name runs that is none of these. */
    boolean isTaken(String symbolicName, Set<String> except);

    /** The first of a driver's requirements that nothing here provides, for the user; empty when there is none. */
    Optional<String> missing(DriverFile file);

    /**
     * Waits until one of these bundles offers a driver.
     *
     * @return empty when it does, else why not, in one line
     */
    Optional<String> awaitDriver(String driver, Set<String> locations, Duration patience) throws InterruptedException;

    /**
     * Stops and uninstalls bundles that no feature knows any more.
     *
     * @throws BundleException when the framework refuses
     */
    void uninstall(Set<String> locations) throws BundleException;

    /**
     * Frees the class loaders of bundles that have gone, which lasts as long as somebody is wired to them; whoever that is gets
     * restarted.
     */
    void release(Set<String> locations) throws InterruptedException;
}
