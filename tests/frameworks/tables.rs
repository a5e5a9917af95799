//! Tables that migrations, schemas and models declare.

use super::code;

fn tables(files: &[(&str, &str)]) -> Vec<String> {
    let mut names: Vec<String> = code(files).tables.into_iter().map(|one| one.name).collect();
    names.sort();
    names
}

#[test]
fn active_record() {
    let schema = "
ActiveRecord::Schema[7.1].define(version: 1) do
  # create_table \"commented\"
  create_table \"books\", force: :cascade do |t|
    t.string \"title\", default: \"create_table said\"
  end
  create_table :shelves do |t|
  end
  add_foreign_key \"books\", \"authors\"
end
";
    assert_eq!(
        tables(&[("db/schema.rb", schema), ("spec/schema.rb", schema)]),
        ["books", "shelves"]
    );
}

#[test]
fn laravel_migrations() {
    let first = "<?php class A { public function up() {
        // Schema::create('commented', function ($t) {});
        Schema::create('books', function (Blueprint $t) { $t->string('x'); });
        Schema::connection('other')->create('old', function (Blueprint $t) {});
        Schema::create('gone', function ($t) {});
    } public function down(): void { Schema::dropIfExists('books'); } }";
    let second = "<?php class B { public function up() {
        Schema::rename('old', 'new'); Schema::drop('gone'); Schema::table('books', $change);
    } }";
    let files = [("database/migrations/1_a.php", first), ("database/migrations/2_b.php", second)];
    assert_eq!(tables(&files), ["books", "new"]);
}

#[test]
fn prisma() {
    let schema = "
generator client { provider = \"prisma-client-js\" }
// model Commented { id Int @id }
model Book {
  id Int @id @map(\"book_id\")
  @@map(\"books\")
}
enum Kind { A B }
model Shelf {
  id Int @id
  @@index([id])
}
model Loan { id Int @id
  @@map(name: \"loans\") }
";
    assert_eq!(tables(&[("prisma/schema.prisma", schema)]), ["Shelf", "books", "loans"]);
}

#[test]
fn sqlalchemy() {
    let models = "
from sqlalchemy import Table, Column
class Book(Base):
    '''__tablename__ = \"said\"'''
    __tablename__ = \"books\"
loans = Table(\"loans\", metadata, Column(\"id\"))
class Shelf(SQLModel, table=True):
    id: int
class Draft(SQLModel):
    id: int
";
    let migration = "
from alembic import op
def upgrade():
    op.create_table(
        'authors', sa.Column('id'))
    op.rename_table(\"loans\", \"lendings\")
def downgrade():
    op.drop_table('authors')
";
    let files = [("app/models.py", models), ("migrations/1.py", migration)];
    assert_eq!(tables(&files), ["Shelf", "authors", "books", "loans"]);
}

#[test]
fn entities() {
    let java = "
import jakarta.persistence.*;
/** @Table(name = \"said\") */
@Entity @Table(name = \"books\", schema = \"x\")
class Book { @JoinTable(name = \"book_tags\", joinColumns = @JoinColumn(name = \"id\")) Set<Tag> tags; }";
    let script = "
import { Entity } from 'typeorm';
@Entity('shelves') class Shelf { @JoinTable({ name: 'shelf_books' }) books; }
@Entity({ orderBy: { id: 'ASC' }, name: 'loans' }) class Loan {}";
    let sharp = "
public class Shop : DbContext {
    public DbSet<Author> Authors { get; set; }
    public IQueryable<Book> All(DbSet<Book> books) => books;
}
public partial class First : Migration {
    protected override void Up(MigrationBuilder migrationBuilder) {
        migrationBuilder.CreateTable(name: \"Reviews\", columns: table => new { });
    }
    protected override void Down(MigrationBuilder migrationBuilder) {
        migrationBuilder.DropTable(name: \"Reviews\");
    }
}";
    let knex = "exports.up = (knex) => knex.schema.createTable('visits', (table) => {});
        exports.down = (knex) => knex.schema.dropTable('visits');";
    let files = [
        ("src/Book.java", java),
        ("src/shelf.ts", script),
        ("src/Shop.cs", sharp),
        ("migrations/1.js", knex),
    ];
    let expected =
        ["Authors", "Reviews", "book_tags", "books", "loans", "shelf_books", "shelves", "visits"];
    assert_eq!(tables(&files), expected);
}
