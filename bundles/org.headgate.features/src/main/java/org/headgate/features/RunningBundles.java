package org.headgate.features;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.features.Needs.Need;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** The framework itself. */
final class RunningBundles implements Framework {
    private static final int REFRESH_SECONDS = 20;
    /** The features service updates a bundle in its place when that fits; its location is then that of its first content. */
    private static final String UPDATED_FROM = "Bundle-UpdateLocation";

    private final BundleContext context;
    private final FrameworkWiring wiring;
    private final DriverServices services;

    RunningBundles(BundleContext context, DriverServices services) {
        this.context = context;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        this.services = services;
    }

    @Override
    public Set<String> locations(String prefix) {
        return Arrays.stream(context.getBundles())
                .map(RunningBundles::location)
                .filter(location -> location.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> names(Set<String> locations) {
        return names(bundles(locations));
    }

    @Override
    public List<String> dependents(Set<String> locations) {
        Collection<Bundle> own = bundles(locations);
        return own.isEmpty()
                ? List.of()
                : names(wiring.getDependencyClosure(own).stream()
                        .filter(bundle -> !own.contains(bundle))
                        .toList());
    }

    @Override
    public boolean isTaken(String symbolicName, Set<String> except) {
        return Arrays.stream(context.getBundles())
                .anyMatch(
                        bundle -> symbolicName.equals(bundle.getSymbolicName()) && !except.contains(location(bundle)));
    }

    @Override
    public Optional<String> missing(DriverFile file) {
        Set<String> brought = file.parts().stream()
                .flatMap(part -> Stream.concat(Stream.of(part.symbolicName()), part.needs().exported().stream()))
                .collect(Collectors.toSet());
        return file.parts().stream()
                .flatMap(part -> part.needs().required().stream())
                .filter(need -> !brought.contains(need.name())
                        && wiring.findProviders(new Wanted(need)).isEmpty())
                .map(Need::said)
                .findFirst();
    }

    @Override
    public Optional<String> awaitDriver(String driver, Set<String> locations, Duration patience)
            throws InterruptedException {
        List<Bundle> bundles = bundles(locations);
        for (Bundle bundle : bundles) {
            if ((bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0) {
                return Optional.of(bundle.getSymbolicName() + " does not start; see the log");
            }
        }
        Set<Long> ids = bundles.stream().map(Bundle::getBundleId).collect(Collectors.toSet());
        return services.await(driver, ids, patience)
                ? Optional.empty()
                : Optional.of("offers no driver " + driver + " within " + patience.toSeconds() + " s");
    }

    @Override
    public void uninstall(Set<String> locations) throws BundleException {
        for (Bundle bundle : bundles(locations)) {
            bundle.uninstall();
        }
    }

    @Override
    public void release(Set<String> locations) throws InterruptedException {
        List<Bundle> left = wiring.getRemovalPendingBundles().stream()
                .filter(bundle -> locations.contains(location(bundle)))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        wiring.refreshBundles(left, event -> done.countDown());
        done.await(REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    private List<Bundle> bundles(Set<String> locations) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> locations.contains(location(bundle)))
                .toList();
    }

    private static String location(Bundle bundle) {
        String updated = bundle.getHeaders("").get(UPDATED_FROM);
        return updated == null ? bundle.getLocation() : updated;
    }

    private static List<String> names(Collection<Bundle> bundles) {
        return bundles.stream().map(Bundle::getSymbolicName).sorted().toList();
    }

    /** A requirement as the framework takes it. */
    private record Wanted(Need need) implements Requirement {
        @Override
        public String getNamespace() {
            return need.namespace();
        }

        @Override
        public Map<String, String> getDirectives() {
            return need.filter().isEmpty() ? Map.of() : Map.of(Namespace.REQUIREMENT_FILTER_DIRECTIVE, need.filter());
        }

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        @Override
        public Resource getResource() {
            return null;
        }
    }
}
