//! The extractors that gatecheck brings along.

use std::sync::OnceLock;

use super::common::Common;
use super::extractor::Extractor;

/// Each file of `rules/extractors`.
static FILES: &[&str] = &[
    include_str!("../../rules/extractors/activerecord.toml"),
    include_str!("../../rules/extractors/actix.toml"),
    include_str!("../../rules/extractors/aspnet.toml"),
    include_str!("../../rules/extractors/axum.toml"),
    include_str!("../../rules/extractors/django.toml"),
    include_str!("../../rules/extractors/echo.toml"),
    include_str!("../../rules/extractors/efcore.toml"),
    include_str!("../../rules/extractors/eloquent.toml"),
    include_str!("../../rules/extractors/express.toml"),
    include_str!("../../rules/extractors/fastapi.toml"),
    include_str!("../../rules/extractors/fastify.toml"),
    include_str!("../../rules/extractors/flask.toml"),
    include_str!("../../rules/extractors/gin.toml"),
    include_str!("../../rules/extractors/jpa.toml"),
    include_str!("../../rules/extractors/knex.toml"),
    include_str!("../../rules/extractors/laravel.toml"),
    include_str!("../../rules/extractors/nest.toml"),
    include_str!("../../rules/extractors/nextjs.toml"),
    include_str!("../../rules/extractors/prisma.toml"),
    include_str!("../../rules/extractors/rails.toml"),
    include_str!("../../rules/extractors/spring-kotlin.toml"),
    include_str!("../../rules/extractors/spring.toml"),
    include_str!("../../rules/extractors/sql.toml"),
    include_str!("../../rules/extractors/sqlalchemy.toml"),
    include_str!("../../rules/extractors/typeorm.toml"),
];

static COMMON: &str = include_str!("../../rules/extractors/common.toml");

/// The built-in extractors and what they share, read once.
///
/// # Errors
/// One of them is wrong, which a test rules out.
pub fn builtin() -> Result<&'static (Vec<Extractor>, Common), String> {
    static READ: OnceLock<Result<(Vec<Extractor>, Common), String>> = OnceLock::new();
    READ.get_or_init(parsed).as_ref().map_err(Clone::clone)
}

fn parsed() -> Result<(Vec<Extractor>, Common), String> {
    let read = FILES.iter().map(|text| {
        Extractor::parse(text).map_err(|mistake| {
            let first = text.lines().find(|line| line.starts_with("id")).unwrap_or("");
            let near = mistake.span.of(text);
            format!("{first}: {}: {near}", mistake.why)
        })
    });
    Ok((read.collect::<Result<_, _>>()?, Common::parse(COMMON)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extractors_can_be_read() {
        let (extractors, _) = builtin().expect("extractors");
        let mut ids: Vec<&str> = extractors.iter().map(|one| &*one.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), extractors.len());
    }
}
