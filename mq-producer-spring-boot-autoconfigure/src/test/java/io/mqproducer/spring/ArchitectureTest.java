package io.mqproducer.spring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ParameterizedTypeReference;

/** What keeps the Spring side loadable with any subset of its optional libraries, and free of circles. */
@AnalyzeClasses(packages = "io.mqproducer.spring", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("io.mqproducer.spring.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreIsSeenByItsPublicPackagesOnly = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.mqproducer.internal.."))
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("io.netty.."));

    @ArchTest
    static final ArchRule theTemplateKnowsNoSpring = noClasses()
            .that()
            .resideInAPackage("io.mqproducer.spring")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.springframework..").and(not(type(ParameterizedTypeReference.class))));

    @ArchTest
    static final ArchRule theTemplateKnowsNothingAboveIt = noClasses()
            .that()
            .resideInAPackage("io.mqproducer.spring")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.mqproducer.spring.*.."));

    @ArchTest
    static final ArchRule messagingStandsOnTheTemplate = classes()
            .that()
            .resideInAPackage("io.mqproducer.spring.messaging")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.springframework.core..",
                    "org.springframework.messaging..",
                    "io.mqproducer.message",
                    "io.mqproducer.spring",
                    "io.mqproducer.spring.messaging"));

    @ArchTest
    static final ArchRule observationStandsOnTheTemplate = classes()
            .that()
            .resideInAPackage("io.mqproducer.spring.observation")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "io.micrometer..",
                    "io.mqproducer",
                    "io.mqproducer.exception",
                    "io.mqproducer.message",
                    "io.mqproducer.spi",
                    "io.mqproducer.spring",
                    "io.mqproducer.spring.observation"));

    @ArchTest
    static final ArchRule optionalLibrariesStayBehindTheirConditions = noClasses()
            .that(not(resideInAnyPackage(
                    "..metrics",
                    "..health",
                    "..actuate",
                    "..messaging",
                    "..observation",
                    "..docker",
                    "..testcontainers")))
            .and()
            .areNotAnnotatedWith(ConditionalOnClass.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.micrometer..",
                    "org.springframework.messaging..",
                    "tools.jackson..",
                    "com.fasterxml..",
                    "org.springframework.boot.health..",
                    "org.springframework.boot.actuate..",
                    "org.springframework.boot.docker..",
                    "org.springframework.boot.testcontainers..",
                    "org.testcontainers.."));

    @ArchTest
    static final ArchRule connectionDetailsKnowNothingOfWhereTheyAreUsed = noClasses()
            .that()
            .resideInAnyPackage("..docker", "..testcontainers")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.mqproducer.spring.boot.autoconfigure.properties"));

    @ArchTest
    static final ArchRule transactionsStayBehindTheirConditions = noClasses()
            .that(not(resideInAnyPackage("io.mqproducer.spring.transaction..")))
            .and()
            .areNotAnnotatedWith(ConditionalOnClass.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework.transaction..", "org.springframework.dao..", "javax.sql.."));

    @ArchTest
    static final ArchRule theTransactionLogAloneKnowsJdbc = noClasses()
            .that(not(resideInAPackage("io.mqproducer.spring.transaction.jdbc")))
            .and()
            .areNotAnnotatedWith(ConditionalOnClass.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.jdbc..", "java.sql.."));

    @ArchTest
    static final ArchRule transactionsKnowNoBoot = noClasses()
            .that()
            .resideInAPackage("io.mqproducer.spring.transaction..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.boot..", "io.mqproducer.spring.boot.."));

    @ArchTest
    static final ArchRule autoConfigurationsAreFinalAndPublic = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .bePublic();

    @ArchTest
    static final ArchRule beanMethodsAreNobodysToCall =
            methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule staticFieldsAreFinal =
            fields().that().haveModifier(JavaModifier.STATIC).should().beFinal();

    @ArchTest
    static final ArchRule noSystemOut = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
