//! Frameworks whose routes stand on the methods of classes.

use super::routes;

const NEST: &str = "
import { Controller, Get, Post, All } from '@nestjs/common';
// @Get('commented')
const sample = \"@Controller('said') class X { @Get('said') a() {} }\";
@Controller('books')
export class Books {
  @Get() list() { return axios.get('/elsewhere'); }
  @UseGuards(Guard) @Get(':id') one(@Param('id') id: string) { return fetch('/other'); }
  @Post(['new', `copies`]) add() {}
  @All('any') any() {}
}
@Controller({ version: '2', path: 'shelves' })
class Shelves { @Get('/:id/books') books() {} }
@Controller() class Home { @Get('hello') hello() {} }";

#[test]
fn nest() {
    let main = "import { NestFactory } from '@nestjs/core'; app.setGlobalPrefix('api');";
    let test = "import { Test } from '@nestjs/testing'; @Controller('t') class T { @Get() t() {} }";
    let files = [
        ("src/main.ts", main),
        ("src/books.ts", NEST),
        ("src/books.spec.ts", test),
        ("e2e/x.ts", test),
    ];
    let expected = [
        "ANY /api/books/any",
        "GET /api/books",
        "GET /api/books/{id}",
        "GET /api/hello",
        "GET /api/v2/shelves/{id}/books",
        "POST /api/books/copies",
        "POST /api/books/new",
    ];
    assert_eq!(routes(&files), expected);
}

#[test]
fn nest_with_a_prefix_that_nobody_can_read() {
    let main =
        "import { NestFactory } from '@nestjs/core'; app.setGlobalPrefix(settings.get('x'));";
    let one = "import '@nestjs/common'; @Controller('books') class B { @Get('x') a() {} }";
    assert_eq!(routes(&[("main.ts", main), ("b.ts", one)]), ["GET …/books/x"]);
}

const ASPNET: &str = "
using Microsoft.AspNetCore.Mvc;
/* [HttpGet(\"commented\")] */
[ApiController]
[Route(\"api/[controller]\")]
[Authorize]
public class BooksController : ControllerBase
{
    [HttpGet]
    public IActionResult List() => Ok(client.GetAsync(\"/elsewhere\"));
    [HttpGet(\"{id:int}\", Name = \"one\")]
    public IActionResult One(int id) { var text = \"[HttpGet(said)]\"; return Ok(); }
    [HttpPost, Route(\"import\")]
    public void Import() {}
    [HttpDelete]
    [Route(\"{id}\")]
    public void Delete(int id) {}
    [HttpGet(\"/status-page\")]
    public void Absolute() {}
}
[Route(\"[controller]/[action]\")]
public class ShelvesController : Controller
{
    [HttpPost, Authorize]
    public async Task<IActionResult> Move([FromBody] Shelf shelf) { return Ok(); }
}";

#[test]
fn aspnet_controllers() {
    let files = [("src/Books.cs", ASPNET), ("src/BooksTests.cs", ASPNET)];
    let expected = [
        "DELETE /api/Books/{id}",
        "GET /api/Books",
        "GET /api/Books/{id}",
        "GET /status-page",
        "POST /Shelves/Move",
        "POST /api/Books/import",
    ];
    assert_eq!(routes(&files), expected);
}
