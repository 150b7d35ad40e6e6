package org.headgate.features;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.apache.karaf.features.Repository;

/** Karaf's features service; it knows the distribution's own repository and those of the depot that are installed from. */
final class KarafCatalog implements Catalog {
    private static final EnumSet<Option> GENTLE = EnumSet.of(Option.NoAutoRefreshBundles, Option.Upgrade);

    private final FeaturesService service;
    private final Predicate<URI> depot;

    /**
     * Uses the service.
     *
     * @param depot whether a repository of features is the depot's
     */
    KarafCatalog(FeaturesService service, Predicate<URI> depot) {
        this.service = service;
        this.depot = depot;
    }

    @Override
    public Set<FeatureId> distribution() throws Exception {
        Set<FeatureId> features = new HashSet<>();
        for (Repository repository : service.listRepositories()) {
            if (!depot.test(repository.getURI())) {
                features.addAll(ids(repository.getFeatures()));
            }
        }
        return features;
    }

    @Override
    public Set<FeatureId> installed() throws Exception {
        return ids(service.listInstalledFeatures());
    }

    @Override
    public Set<String> locations(FeatureId id) throws Exception {
        Feature feature = service.getFeature(id.name(), id.version());
        return feature == null
                ? Set.of()
                : feature.getBundles().stream().map(BundleInfo::getLocation).collect(Collectors.toSet());
    }

    @Override
    public void install(Set<FeatureId> features, Set<URI> repositories) throws Exception {
        for (URI repository : repositories) {
            // What it says may have changed since it was read: another build of the same version.
            service.removeRepository(repository, false);
            service.addRepository(repository, false);
        }
        service.installFeatures(words(features), GENTLE);
    }

    @Override
    public void uninstall(Set<FeatureId> features) throws Exception {
        service.uninstallFeatures(words(features), GENTLE);
    }

    @Override
    public void tidy() throws Exception {
        Set<FeatureId> installed = installed();
        for (Repository repository : service.listRepositories()) {
            if (depot.test(repository.getURI())
                    && ids(repository.getFeatures()).stream().noneMatch(installed::contains)) {
                service.removeRepository(repository.getURI(), false);
            }
        }
    }

    private static Set<FeatureId> ids(Feature[] features) {
        return Arrays.stream(features)
                .map(feature -> new FeatureId(feature.getName(), feature.getVersion()))
                .collect(Collectors.toSet());
    }

    private static Set<String> words(Set<FeatureId> features) {
        return features.stream().map(FeatureId::toString).collect(Collectors.toSet());
    }
}
