//! Frameworks with lists of routes: nested, included, and made of resources.

use super::routes;

#[test]
fn django() {
    let project = "
\"\"\"Examples: path('said/', views.said)\"\"\"
from django.urls import include, path, re_path
# path('commented/', views.commented)
about_patterns = [path('team/', views.team)]
urlpatterns = [
    path('api/', include('shop.books.urls')),
    path('about/', include(about_patterns)),
    path('users/', include(([path('<int:id>/', views.user, name='one')], 'users'))),
    re_path(r'^archive/(?P<year>[0-9]{4})/$', views.archive),
]
def helper():
    return [path('inside/', views.inside)], client.get('/elsewhere')
";
    let books = "
from django.urls import include, path
from rest_framework.routers import DefaultRouter
router = DefaultRouter()
router.register(r'books', BookViewSet, basename='book')
urlpatterns = [path('', include(router.urls)), path('search', Search.as_view())]
";
    let expected = [
        "ANY /about/team",
        "ANY /api/books",
        "ANY /api/books/{id}",
        "ANY /api/search",
        "ANY /archive/{year}",
        "ANY /users/{id}",
    ];
    let files = [
        ("shop/urls.py", project),
        ("shop/books/urls.py", books),
        ("shop/books/tests/urls.py", books),
    ];
    assert_eq!(routes(&files), expected);
}

#[test]
fn rails() {
    let file = "
Rails.application.routes.draw do
  # get 'commented' => 'a#b'
  root to: 'home#index'
  get '/about' => 'pages#about', :as => 'resources :said'
  match 'hook', to: 'hooks#run', via: [:get, :post]
  concern :marked do
    post :mark
  end
  namespace :api, defaults: { format: :json } do
    resources :books, param: :slug, only: %i[index show] do
      get :search, on: :collection
      collection do
        post 'import(/:kind)'
      end
      member do
        put :lend
      end
      resource :cover, only: :show
      resources :copies, :notes, except: [:new, :edit, :show, :update]
    end
    resources :authors, :path => 'people', :only => [:destroy]
    scope path: 'v2', module: :second do
      resources(:shelves, only: [:create])
    end
  end
end
Net::HTTP.get '/elsewhere' if false
";
    let expected = [
        "DELETE /api/books/{id}/copies/{id}",
        "DELETE /api/books/{id}/notes/{id}",
        "DELETE /api/people/{id}",
        "GET /",
        "GET /about",
        "GET /api/books",
        "GET /api/books/search",
        "GET /api/books/{id}",
        "GET /api/books/{id}/copies",
        "GET /api/books/{id}/cover",
        "GET /api/books/{id}/notes",
        "GET /hook",
        "POST /api/books/import",
        "POST /api/books/{id}/copies",
        "POST /api/books/{id}/notes",
        "POST /api/v2/shelves",
        "POST /hook",
        "PUT /api/books/{id}/lend",
    ];
    assert_eq!(routes(&[("config/routes.rb", file), ("spec/routes.rb", file)]), expected);
}

#[test]
fn laravel() {
    let api = "<?php
use Illuminate\\Support\\Facades\\Route;
// Route::get('commented', 'A@b');
Route::get('hello', fn () => Http::get('/elsewhere'));
Route::middleware('auth')->prefix('admin')->group(function () {
    Route::match(['put', 'patch'], 'books/{book}', [Books::class, 'change']);
    Route::group(['prefix' => 'shelves', 'middleware' => 'x'], function () use ($x) {
        Route::any('{shelf?}', $x);
    });
});
Route::resource('books', Books::class, ['only' => ['index', 'store']]);
Route::apiResource('books.copies', Copies::class)->except('update', 'show', 'destroy');
$text = \"Route::get('said', 'A@b');\";
";
    let web = "<?php Route::view('/', 'home'); $response->get('/other', 1);";
    let expected = [
        "ANY /api/admin/shelves/{shelf}",
        "GET /",
        "GET /api/books",
        "GET /api/books/{id}/copies",
        "GET /api/hello",
        "PATCH /api/admin/books/{book}",
        "POST /api/books",
        "POST /api/books/{id}/copies",
        "PUT /api/admin/books/{book}",
    ];
    let files = [("routes/api.php", api), ("routes/web.php", web), ("tests/ApiTest.php", api)];
    assert_eq!(routes(&files), expected);
}
