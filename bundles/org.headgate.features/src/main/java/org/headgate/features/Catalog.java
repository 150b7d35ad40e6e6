package org.headgate.features;

import java.net.URI;
import java.util.Set;

/** The features that can be had, reduced to what is needed of them here. */
interface Catalog {
    /** All features of the distribution. */
    Set<FeatureId> distribution() throws Exception;

    /** Those that are installed, wherever they came from. */
    Set<FeatureId> installed() throws Exception;

    /** Where the bundles of an installed feature came from: their locations in the framework. */
    Set<String> locations(FeatureId feature) throws Exception;

    /**
     * Installs features without restarting a bundle that runs. Another version of the same feature goes in the same step.
     *
     * @param repositories where the features are found that are not the distribution's
     */
    void install(Set<FeatureId> features, Set<URI> repositories) throws Exception;

    /** Uninstalls features. */
    void uninstall(Set<FeatureId> features) throws Exception;

    /** Forgets repositories of the depot whose features are not installed. */
    void tidy() throws Exception;
}
