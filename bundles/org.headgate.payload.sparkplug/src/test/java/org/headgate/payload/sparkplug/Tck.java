package org.headgate.payload.sparkplug;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which assertions of the Sparkplug 3.0 specification a test proves, without {@code tck-id-}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Tck {
    String[] value();
}
