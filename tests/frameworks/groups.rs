//! Frameworks whose routes are calls on routers and groups of them.

use super::routes;

#[test]
fn aspnet_minimal() {
    let program = "
        var app = WebApplication.CreateBuilder(args).Build();
        // app.MapGet(\"/commented\", () => 1);
        app.MapGet(\"/hello\", () => \"MapGet(\\\"/said\\\", x)\");
        var books = app.MapGroup(\"/books\");
        books.MapPost(\"/\", (Book book) => client.PostAsync(\"/x\", book));
        books.MapGroup(\"/{id}\").MapGet(\"copies\", async (int id) => id);
        app.MapMethods(\"/any\", new[] { \"PUT\", \"PATCH\" }, () => 1);
        map.MapGet(\"/elsewhere\", 1);";
    let expected =
        ["GET /books/{id}/copies", "GET /hello", "PATCH /any", "POST /books", "PUT /any"];
    let found: Vec<String> =
        routes(&[("Program.cs", program)]).iter().map(|one| one.replace('…', "")).collect();
    assert_eq!(found, expected);
}

#[test]
fn actix() {
    let main = "
        use actix_web::{web, App, get};
        mod books;
        // .route(\"/commented\", web::get().to(a))
        fn main() {
            HttpServer::new(|| App::new()
                .wrap(Logger::new(\"/said\"))
                .route(\"/hello\", web::get().to(hello))
                .service(web::scope(\"/api\")
                    .service(web::resource(\"/books\")
                        .route(web::get().to(list)).route(web::post().to(add)))
                    .service(one)
                    .configure(books::routes))
                .service(web::resource(\"/any\").to(any)));
            reqwest::get(\"/elsewhere\");
        }
        #[get(\"/books/{id}\")]
        async fn one(map: Map) -> u8 { map.get(\"/x\") }";
    let books = "
        use actix_web::web;
        pub fn routes(config: &mut web::ServiceConfig) {
            config.service(web::scope(\"/shelves\").route(\"\", web::put().to(put)));
        }
        #[cfg(test)]
        mod tests { fn a() { App::new().route(\"/tested\", web::get().to(x)); } }";
    let expected = [
        "ANY /any",
        "GET /api/books",
        "GET /api/books/{id}",
        "GET /hello",
        "POST /api/books",
        "PUT /api/shelves",
    ];
    assert_eq!(routes(&[("src/main.rs", main), ("src/books.rs", books)]), expected);
}

#[test]
fn echo() {
    let main = "
        package main
        import (\"github.com/labstack/echo/v4\"; \"shop/books\")
        func main() {
            e := echo.New()
            // e.GET(\"/commented\", a)
            e.GET(\"/hello\", hello)
            api := e.Group(\"/api\", guard(\"/said\"))
            api.Any(\"/any\", any)
            books.Register(api)
            http.Get(\"/elsewhere\")
        }";
    let books = "
        package books
        import \"github.com/labstack/echo/v4\"
        func Register(g *echo.Group) {
            b := g.Group(\"/books\")
            b.POST(\"\", add)
            b.DELETE(\"/:id\", func(c echo.Context) error { return client.GET(\"/x\", c) })
            b.Match([]string{\"PUT\", \"PATCH\"}, \"/:id\", change)
        }";
    let expected = [
        "ANY /api/any",
        "DELETE /api/books/{id}",
        "GET /hello",
        "PATCH /api/books/{id}",
        "POST /api/books",
        "PUT /api/books/{id}",
    ];
    let files = [("main.go", main), ("books/books.go", books), ("books/books_test.go", books)];
    assert_eq!(routes(&files), expected);
}
